package io.kurobe.examples.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that answers queries, Kurobe among them. One thread uses it. */
interface Peer extends AutoCloseable {
  /**
   * An answer.
   *
   * @param nanos from sending the query to its last row
   */
  record Answer(long nanos, List<List<@Nullable Object>> rows) {
    double milliseconds() {
      return nanos / 1e6;
    }
  }

  String name();

  /**
   * Answers a query with all its rows.
   *
   * @throws PeerException with the reason, if it cannot or takes too long
   */
  Answer run(String sql);

  @Override
  void close();

  /** A peer did not answer; the message is its reason in one line. */
  final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerException(String message) {
      super(message);
    }
  }
}
