package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private static final CatalogText GARAGE =
      CatalogText.of(
          """
          cars.public.colors: id int key, color text = Red|Blue
          cars.public.vans: id int key, van_name text, paint_id int -> colors.id, roof_id int -> colors.id, seats int, state text = N|U
          """);

  private static String sql(String question, String evidence) {
    AskOutcome outcome =
        new OfflineQuestions()
            .ask(
                new Question(question, List.of(), List.of(), Map.of("evidence", evidence)),
                Ask.SESSION,
                GARAGE);
    return ((AskOutcome.Answered) outcome).query().sql().replaceAll("\\s+", " ");
  }

  @Test
  void wordsMeanTheValueThatIsSaid() {
    assertThat(sql("how many brand new vans are there", "brand new refers to state = 'N'"))
        .isEqualTo("SELECT COUNT(*) AS vans_count FROM cars.public.vans v WHERE v.state = 'N'");
  }

  @Test
  void wordsMeanTheColumnThatIsSaid() {
    assertThat(sql("average carrying capability of vans", "carrying capability means seats"))
        .isEqualTo("SELECT AVG(v.seats) AS average_seats FROM cars.public.vans v");
  }

  @Test
  void theKeyThatIsSaidLeadsToTheOtherTable() {
    assertThat(
            sql(
                "how many vans with a scarlet top are there",
                "scarlet top refers to color = 'Red' where roof_id = colors.id"))
        .contains("ON v.roof_id = c.id");
  }

  @Test
  void whatIsNoDefinitionSaysNothing() {
    assertThat(sql("how many vans are there", "drop table vans; = ; refers to ; 'x"))
        .isEqualTo("SELECT COUNT(*) AS vans_count FROM cars.public.vans v");
  }
}
