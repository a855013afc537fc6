package io.kurobe.nl2sql.retrieve.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model that knows no meanings: texts are near that share words. It keeps what it was given. */
public final class WordModel implements EmbeddingModel {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** The texts that it embedded, in order. */
  public List<String> seen() {
    return seen;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return "words";
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    List<Embedding> embeddings = new ArrayList<>();
    for (String text : texts) {
      seen.add(text);
      float[] sum = new float[Embedding.DIMENSIONS];
      for (String word : text.toLowerCase(java.util.Locale.ROOT).split("\\W+")) {
        var random = new Random(word.hashCode());
        for (int i = 0; i < sum.length; i++) {
          sum[i] += (float) random.nextGaussian();
        }
      }
      embeddings.add(Embedding.of(sum));
    }
    return embeddings;
  }

  @Override
  public void close() {
    closed = true;
  }
}
