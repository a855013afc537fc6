package io.kurobe.driver.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time an exchange has. When it is over the channel is closed, which ends connecting, writing
 * and reading alike; a time-out of the socket's would hold for one read. Whoever opens it closes
 * it.
 */
final class Deadline implements AutoCloseable {
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

  // Guarded by this.
  private @Nullable SocketChannel guarded;
  private boolean passed;

  /** The time from now; an empty one does not end. */
  static Deadline in(Optional<Duration> time) {
    Deadline deadline = new Deadline();
    time.ifPresent(deadline::start);
    return deadline;
  }

  private void start(Duration time) {
    CompletableFuture<?> unused =
        done.orTimeout(time.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (nothing, late) -> {
                  if (late != null) {
                    pass();
                  }
                });
  }

  /** Has a channel closed when the time is over; at once if it is. */
  synchronized void guard(SocketChannel channel) {
    guarded = channel;
    if (passed) {
      close(channel);
    }
  }

  private synchronized void pass() {
    passed = true;
    if (guarded != null) {
      close(guarded);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was to be closed, and whoever uses it sees that it is.
    }
  }

  /** Whether the time is over. */
  synchronized boolean hasPassed() {
    return passed;
  }

  /** What was to be done is done: from here on nothing is closed. */
  @Override
  public void close() {
    synchronized (this) {
      guarded = null;
    }
    done.complete(null);
  }
}
