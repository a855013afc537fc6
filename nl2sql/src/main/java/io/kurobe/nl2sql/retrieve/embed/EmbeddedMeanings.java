package io.kurobe.nl2sql.retrieve.embed;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.nl2sql.offline.link.Meanings;
import java.util.List;
import java.util.Objects;

/**
 * The likeness of words by their embeddings, which are kept. The model is loaded when the first
 * word is asked for. Threads share it; whoever made the embeddings closes those.
 */
public final class EmbeddedMeanings implements Meanings {
  private static final int MOST_KEPT = 10_000;

  private final Embeddings embeddings;
  private final Cache<String, Embedding> known =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  public EmbeddedMeanings(Embeddings embeddings) {
    this.embeddings = requireNonNull(embeddings, "embeddings is null");
  }

  @Override
  public List<Double> alike(String word, List<String> names) {
    if (embeddings.load().isEmpty()) {
      return List.of();
    }
    List<Embedding> asked = known(List.of(word));
    List<Embedding> all = known(names);
    return asked.isEmpty() || all.size() < names.size()
        ? List.of()
        : all.stream().map(asked.get(0)::cosine).toList();
  }

  private List<Embedding> known(List<String> texts) {
    List<String> missing =
        texts.stream().filter(text -> known.getIfPresent(text) == null).distinct().toList();
    List<Embedding> found = embeddings.embed(missing);
    for (int i = 0; i < found.size(); i++) {
      known.put(missing.get(i), found.get(i));
    }
    return texts.stream().map(known::getIfPresent).filter(Objects::nonNull).toList();
  }
}
