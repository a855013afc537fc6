package io.kurobe.server.audit;

import java.util.concurrent.CompletableFuture;

/** Where what happens is recorded. Never waits; threads share it. */
public interface Audit {
  /**
   * Records an event, after those before it, within a moment.
   *
   * @return completes when the record survives the process; with a {@code KurobeException} if it
   *     could not be written and the configuration wants what is not recorded not to be done
   */
  CompletableFuture<Void> record(AuditEvent event);

  /** Has what was recorded written at once, as somebody waits for it. */
  void hurry();

  /** Whether anything is recorded at all. */
  default boolean isOn() {
    return true;
  }

  /** Records nothing. */
  Audit NONE =
      new Audit() {
        @Override
        public CompletableFuture<Void> record(AuditEvent event) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void hurry() {}

        @Override
        public boolean isOn() {
          return false;
        }
      };
}
