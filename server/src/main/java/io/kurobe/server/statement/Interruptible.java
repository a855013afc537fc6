package io.kurobe.server.statement;

import org.jspecify.annotations.Nullable;

/**
 * Work of one thread that another may interrupt: only while it is at it, as the thread belongs to
 * others afterwards. Work that is stopped before it begins begins interrupted.
 */
final class Interruptible {
  // Guarded by this.
  private @Nullable Thread thread;
  private boolean stopped;

  /** The calling thread begins. */
  synchronized void enter() {
    thread = Thread.currentThread();
    if (stopped) {
      thread.interrupt();
    }
  }

  /** The calling thread can be interrupted no more; without effect if it has left already. */
  synchronized void leave() {
    if (thread != null) {
      thread = null;
      if (stopped) {
        Thread.interrupted();
      }
    }
  }

  /** Has whoever is at it stop, now or when it begins. Returns at once. */
  synchronized void stop() {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
