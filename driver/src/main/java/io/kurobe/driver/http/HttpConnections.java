package io.kurobe.driver.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client to one origin. Each exchange has one to itself, so that a cancel
 * overtakes what it cancels; a few stay open between exchanges. Any number of threads may use it;
 * whoever made it closes it.
 */
public final class HttpConnections implements AutoCloseable {
  private static final int MOST_IDLE = 4;

  private final Origin origin;

  // Guarded by this.
  private final Deque<HttpConnection> idle = new ArrayDeque<>();
  private final Set<HttpConnection> busy = new HashSet<>();
  private boolean closed;

  public HttpConnections(Origin origin) {
    this.origin = origin;
  }

  /**
   * Sends a request and waits for its answer. Nothing is sent twice.
   *
   * @param time what connecting and the exchange may take together
   * @throws TimedOutException if they take longer
   * @throws java.nio.channels.ClosedByInterruptException or another exception with the thread's
   *     interrupt set, if the thread was interrupted
   */
  public HttpAnswer exchange(HttpPost post, Optional<Duration> time) throws IOException {
    HttpConnection connection = null;
    boolean answered = false;
    try (Deadline deadline = Deadline.in(time)) {
      try {
        connection = connection(deadline);
        HttpAnswer answer = connection.exchange(post);
        answered = true;
        return answer;
      } catch (IOException e) {
        throw deadline.hasPassed() ? new TimedOutException(connection != null, e) : e;
      }
    } finally {
      if (connection != null) {
        done(connection, answered);
      }
    }
  }

  private HttpConnection connection(Deadline deadline) throws IOException {
    HttpConnection kept = take();
    while (kept != null && !kept.isUsable()) {
      done(kept, false);
      kept = take();
    }
    if (kept != null) {
      deadline.guard(kept.channel());
      return kept;
    }
    HttpConnection opened = HttpConnection.open(origin, deadline);
    synchronized (this) {
      busy.add(opened);
    }
    return opened;
  }

  private synchronized @Nullable HttpConnection take() {
    HttpConnection last = idle.pollLast();
    if (last != null) {
      busy.add(last);
    }
    return last;
  }

  private void done(HttpConnection connection, boolean answered) {
    synchronized (this) {
      busy.remove(connection);
      if (answered && !closed && idle.size() < MOST_IDLE && connection.isReusable()) {
        idle.addLast(connection);
        return;
      }
    }
    connection.close();
  }

  /** Closes what is idle; what is under way comes to its end. */
  @Override
  public void close() {
    closeAll(false);
  }

  /** Closes what is under way too: whoever waits for it is told so. */
  public void abort() {
    closeAll(true);
  }

  private void closeAll(boolean alsoBusy) {
    List<HttpConnection> closing;
    synchronized (this) {
      closed = true;
      closing = new ArrayList<>(idle);
      idle.clear();
      if (alsoBusy) {
        closing.addAll(busy);
      }
    }
    closing.forEach(HttpConnection::close);
  }
}
