package io.kurobe.planner.memory;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import java.util.Optional;

/**
 * Where it is kept what people taught, what they asked and what they said of the answers. Declared
 * here and implemented by the server's state store; threads share it.
 */
public interface Memory {
  /** All pairs, the oldest first; the same list as long as nothing changes. */
  List<TaughtPair> taught();

  /** Keeps a pair in the place of what its owner taught for that question before. */
  void teach(TaughtPair pair);

  /** Forgets what an owner taught for a question. Returns whether there was anything. */
  boolean forget(String question, String owner);

  /** Grows with every change of what is taught. */
  long version();

  /** Writes down a question, at some time soon; never fails. */
  void asked(AskedQuestion question);

  /** The last questions, the latest first; a thousand at most. */
  List<AskedQuestion> history();

  /** The last answered question of a statement. */
  Optional<AskedQuestion> ofQuery(String queryId);

  /** The last answered question of a connection. */
  Optional<AskedQuestion> lastOf(String session);

  /** Notes what the asker of a question says of its answer. */
  void accept(String id, boolean accepted, Optional<String> comment);

  /** Answers that several accepted and nobody has taught: what could be taught. */
  List<Suggestion> suggestions();

  /**
   * An answer that could be taught.
   *
   * @param acceptances how often it was accepted
   */
  record Suggestion(String question, String sql, int acceptances) {
    public Suggestion {
      requireNonNull(question, "question is null");
      requireNonNull(sql, "sql is null");
    }
  }

  /** Keeps nothing. */
  Memory NONE =
      new Memory() {
        @Override
        public List<TaughtPair> taught() {
          return List.of();
        }

        @Override
        public void teach(TaughtPair pair) {
          throw new KurobeException(ErrorCode.NOT_SUPPORTED, "nothing is kept here");
        }

        @Override
        public boolean forget(String question, String owner) {
          return false;
        }

        @Override
        public long version() {
          return 0;
        }

        @Override
        public void asked(AskedQuestion question) {
          // Nothing is kept here.
        }

        @Override
        public List<AskedQuestion> history() {
          return List.of();
        }

        @Override
        public Optional<AskedQuestion> ofQuery(String queryId) {
          return Optional.empty();
        }

        @Override
        public Optional<AskedQuestion> lastOf(String session) {
          return Optional.empty();
        }

        @Override
        public void accept(String id, boolean accepted, Optional<String> comment) {
          // Nothing is kept here.
        }

        @Override
        public List<Suggestion> suggestions() {
          return List.of();
        }
      };
}
