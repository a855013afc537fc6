package io.kurobe.planner.privacy;

import java.util.Optional;

/**
 * Where classifications of columns are kept: what people said, and what values proposed. What a
 * name alone proposes is not kept, as it can be told again. Implemented by the server's state
 * store; threads share it.
 */
public interface Classifications {
  /** What is kept of a column. */
  Optional<Classification> find(ColumnName column);

  /** Keeps a classification in the place of what was kept of its column. */
  void keep(Classification classification);

  /** Forgets what is kept of a column. Returns whether there was anything. */
  boolean forget(ColumnName column);

  /** Grows with every change; what was made under one version is not given under another. */
  long version();

  /** Keeps nothing: names alone say what columns are, and values each time they are given. */
  Classifications NONE =
      new Classifications() {
        @Override
        public Optional<Classification> find(ColumnName column) {
          return Optional.empty();
        }

        @Override
        public void keep(Classification classification) {
          // Told again when it is asked for.
        }

        @Override
        public boolean forget(ColumnName column) {
          return false;
        }

        @Override
        public long version() {
          return 0;
        }
      };
}
