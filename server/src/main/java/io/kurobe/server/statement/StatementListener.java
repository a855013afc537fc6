package io.kurobe.server.statement;

import java.time.Duration;

/** Who wants to know what statements do, such as the metrics. Threads share it. */
public interface StatementListener {
  /** A statement was planned. */
  void planned(Duration took);

  /** A batch was read. */
  void batch(long rows, long bytes);

  /** A statement ended. */
  void ended(History.Entry entry);

  StatementListener NONE =
      new StatementListener() {
        @Override
        public void planned(Duration took) {}

        @Override
        public void batch(long rows, long bytes) {}

        @Override
        public void ended(History.Entry entry) {}
      };
}
