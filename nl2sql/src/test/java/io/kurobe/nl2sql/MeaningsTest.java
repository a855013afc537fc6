package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.offline.link.Meanings;
import io.kurobe.nl2sql.retrieve.embed.BgeSmall;
import io.kurobe.nl2sql.retrieve.embed.EmbeddedMeanings;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that no name has are taken for the name that means nearly the same. */
class MeaningsTest {
  private static final CatalogText GARAGE =
      CatalogText.of(
          """
          yard.public.vehicles: id int key, plate text, wheels int
          yard.public.journeys: id int key, vehicle_id int -> vehicles.id, kilometers num, fuel num
          """);

  private static String outcome(OfflineQuestions engine, String question) {
    AskOutcome outcome =
        engine.ask(new Question(question, List.of(), List.of(), Map.of()), Ask.SESSION, GARAGE);
    return outcome instanceof AskOutcome.Answered answered
        ? answered.query().sql().replaceAll("\\s+", " ")
        : ((AskOutcome.Refused) outcome).reason().getMessage();
  }

  @Test
  void aWordMeansTheNameThatIsNearAndAlone(@TempDir Path directory) {
    try (var embeddings = Embeddings.of(() -> BgeSmall.load(directory))) {
      var engine = new OfflineQuestions(new EmbeddedMeanings(embeddings));
      assertThat(outcome(engine, "total petrol per vehicle"))
          .contains("SUM(j.fuel)", "GROUP BY v.id");
      assertThat(outcome(engine, "total perfume per vehicle")).contains("'perfume'");
      assertThat(outcome(new OfflineQuestions(), "total petrol per vehicle")).contains("'petrol'");
    }
  }

  @Test
  void nothingIsTakenForANameThatAnotherIsNearlyAsNearTo() {
    Meanings torn =
        (word, names) ->
            names.stream()
                .map(name -> name.equals("fuel") ? 0.9 : name.equals("wheels") ? 0.88 : 0.1)
                .toList();
    assertThat(outcome(new OfflineQuestions(torn), "total petrol per vehicle"))
        .contains("'petrol'");
    assertThat(
            outcome(new OfflineQuestions((word, names) -> List.of()), "total petrol per vehicle"))
        .contains("'petrol'");
  }
}
