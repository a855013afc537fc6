package io.kurobe.nl2sql.retrieve.embed;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedding model that is loaded by whoever works in the background and is there for others once
 * it is. One that cannot be loaded is warned of once and stays away. Threads share it.
 */
public final class Embeddings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Embeddings.class);

  /** Makes a model. */
  public interface Loader {
    EmbeddingModel load() throws IOException;
  }

  private final Optional<Loader> loader;
  private volatile @Nullable EmbeddingModel loaded;

  // Guarded by this.
  private boolean over;

  private Embeddings(Optional<Loader> loader) {
    this.loader = loader;
  }

  /** Embeddings of a model that is not loaded yet. */
  public static Embeddings of(Loader loader) {
    return new Embeddings(Optional.of(requireNonNull(loader, "loader is null")));
  }

  /** No embeddings. */
  public static Embeddings off() {
    return new Embeddings(Optional.empty());
  }

  /** Loads the model unless that was done, or has failed. */
  public synchronized Optional<EmbeddingModel> load() {
    if (loaded == null && !over && loader.isPresent()) {
      try {
        loaded = loader.get().load();
      } catch (IOException e) {
        over = true;
        LOG.warn("questions are linked by words alone: {}", e.getMessage());
      }
    }
    return model();
  }

  /** The model, if it is loaded. */
  public Optional<EmbeddingModel> model() {
    return Optional.ofNullable(loaded);
  }

  /** Embeddings of some texts, in order; none if there is no model, or it fails. */
  public List<Embedding> embed(List<String> texts) {
    EmbeddingModel model = loaded;
    if (model == null || texts.isEmpty()) {
      return List.of();
    }
    try {
      return model.embed(texts);
    } catch (IllegalStateException e) {
      LOG.debug("no embeddings", e);
      return List.of();
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    EmbeddingModel model = loaded;
    loaded = null;
    if (model != null) {
      model.close();
    }
  }
}
