package io.kurobe.nl2sql.retrieve.embed;

import java.util.List;

/** Turns texts into embeddings. Threads share it; whoever made it closes it. */
public interface EmbeddingModel extends AutoCloseable {
  /** A name that changes whenever the same text would get another embedding. */
  String name();

  /**
   * The embeddings of some texts, in order.
   *
   * @throws IllegalStateException if it is closed or fails
   */
  List<Embedding> embed(List<String> texts);

  @Override
  void close();
}
