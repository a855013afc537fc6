package io.kurobe.nl2sql.retrieve.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedding model in the process. */
class BgeSmallTest {
  @TempDir private Path directory;

  @Test
  void putsTextsOfLikeMeaningNearEachOther() throws IOException {
    try (BgeSmall model = BgeSmall.load(directory)) {
      List<Embedding> of =
          model.embed(List.of("salary", "what employees are paid", "airport", "salary"));

      assertThat(of.get(0).cosine(of.get(1))).isGreaterThan(of.get(0).cosine(of.get(2)) + 0.1);
      assertThat(of.get(0).cosine(of.get(3))).isEqualTo(1, within(1e-6));
    }
  }

  @Test
  void embedsATextAloneAsAmongOthers() throws IOException {
    try (BgeSmall model = BgeSmall.load(directory)) {
      Embedding alone = model.embed(List.of("date of birth")).get(0);
      Embedding among =
          model.embed(List.of("a much longer text beside it", "date of birth")).get(1);

      assertThat(alone.cosine(among)).isGreaterThan(0.98);
    }
  }

  @Test
  void answersNothingMoreOnceItIsClosed() throws IOException {
    BgeSmall model = BgeSmall.load(directory);
    model.close();
    model.close();

    assertThatThrownBy(() -> model.embed(List.of("salary")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aModelThatCannotBeLoadedIsTriedOnceAndStaysAway() {
    var tries = new AtomicInteger();
    try (Embeddings embeddings =
        Embeddings.of(
            () -> {
              tries.incrementAndGet();
              throw new IOException("no library for this machine");
            })) {
      assertThat(embeddings.load()).isEmpty();
      assertThat(embeddings.load()).isEmpty();
      assertThat(embeddings.embed(List.of("salary"))).isEmpty();
      assertThat(tries).hasValue(1);
    }
  }

  @Test
  void bytesKeepTheDirection() {
    float[] one = new float[Embedding.DIMENSIONS];
    float[] other = new float[Embedding.DIMENSIONS];
    for (int i = 0; i < one.length; i++) {
      one[i] = (float) Math.sin(i);
      other[i] = (float) Math.sin(i + 0.5);
    }

    assertThat(Embedding.of(one).cosine(Embedding.of(other)))
        .isEqualTo(Math.cos(0.5), within(0.01));
    assertThat(Embedding.ofBytes(Embedding.of(one).bytes())).isEqualTo(Embedding.of(one));
  }
}
