package io.kurobe.examples.local;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be closed when a command ends, the last opened first, whether it ends by itself, by an
 * error or by Ctrl-C. Threads share it.
 */
public final class Shutdown implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /** The end came while the command was at work. */
  public static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("stopped");
    }
  }

  /** Takes over closing; when the end has come already, closes at once and throws. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    if (closed) {
      closeQuietly(resource);
      throw new StoppedException();
    }
    open.push(resource);
    return resource;
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      closeQuietly(open.pop());
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.getLogger(Shutdown.class.getName())
          .log(System.Logger.Level.WARNING, "could not close " + resource.getClass().getName(), e);
    }
  }
}
