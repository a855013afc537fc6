package io.kurobe.adapters.embedded;

import io.kurobe.adapters.error.KurobeException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts what a connection runs, from any thread.
 *
 * <p>{@code Statement.cancel} of DuckDB's driver only reaches a query inside {@code execute}, not
 * one whose rows are being fetched, and an interrupt that comes just before a query starts is
 * forgotten by DuckDB. So this calls the connection's own interrupt, which the driver keeps to its
 * package, again and again until the call that it wants to end has ended.
 */
final class DuckDbInterrupt {
  private static final Method INTERRUPT = method();
  private static final Field LOCK = lockField();
  private static final long REPEAT_MILLIS = 20;

  private final DuckDBConnection connection;
  private final Object lock = new Object();
  private boolean running;
  private volatile @Nullable KurobeException reason;

  DuckDbInterrupt(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** A native call begins. */
  void begin() {
    synchronized (lock) {
      running = true;
    }
    try {
      check();
    } catch (KurobeException e) {
      end();
      throw e;
    }
  }

  /** The native call has ended; no interrupt comes after this. */
  void end() {
    synchronized (lock) {
      running = false;
    }
  }

  /** Fails if cancelled. */
  void check() {
    KurobeException why = reason;
    if (why != null) {
      throw why;
    }
  }

  /** Makes what runs, or comes next, fail with this. Returns at once; the first reason stays. */
  void cancel(KurobeException why) {
    synchronized (lock) {
      if (reason != null) {
        return;
      }
      reason = why;
    }
    if (isRunning()) {
      var thread = new Thread(this::interruptUntilEnded, "duckdb-interrupt");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void interruptUntilEnded() {
    try {
      while (interruptIfRunning()) {
        Thread.sleep(REPEAT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalAccessException | InvocationTargetException e) {
      // The connection is closed: there is nothing left to interrupt.
    }
  }

  private boolean isRunning() {
    synchronized (lock) {
      return running;
    }
  }

  private boolean interruptIfRunning() throws IllegalAccessException, InvocationTargetException {
    // The driver wants its connection's lock held.
    var connectionLock = (ReentrantLock) LOCK.get(connection);
    connectionLock.lock();
    try {
      synchronized (lock) {
        if (running) {
          INTERRUPT.invoke(connection);
        }
        return running;
      }
    } finally {
      connectionLock.unlock();
    }
  }

  private static Method method() {
    try {
      Method method = DuckDBConnection.class.getDeclaredMethod("interrupt");
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new LinkageError("this release of duckdb_jdbc cannot be interrupted", e);
    }
  }

  private static Field lockField() {
    try {
      Field field = DuckDBConnection.class.getDeclaredField("connRefLock");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new LinkageError("this release of duckdb_jdbc cannot be interrupted", e);
    }
  }
}
