package io.kurobe.adapters.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A port of this machine behind which a server stands, as the network to it: it may fall silent,
 * break, or be closed. Closing it ends every connection.
 */
public final class TcpProxy implements AutoCloseable {
  private final int target;
  private final ServerSocket port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Object lock = new Object();
  private volatile String broken = "";
  private boolean silent;
  private boolean closed;

  private TcpProxy(int own, int target) throws IOException {
    this.target = target;
    this.port = bound(own);
  }

  /** A port that is known may for moments be that of an outgoing connection. */
  private static ServerSocket bound(int own) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        return new ServerSocket(own, 50, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  /** A proxy before a port of this machine. */
  public static TcpProxy before(int target) {
    return at(0, target);
  }

  /** A proxy at a port that is known already, such as that of one that was closed. */
  public static TcpProxy at(int own, int target) {
    try {
      var proxy = new TcpProxy(own, target);
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port.getLocalPort();
  }

  /** From now on nothing passes, in connections that are open and in new ones, until it speaks. */
  public void fallSilent() {
    synchronized (lock) {
      silent = true;
    }
  }

  /** From now on everything passes again. */
  public void speak() {
    synchronized (lock) {
      silent = false;
      lock.notifyAll();
    }
  }

  /** From now on a connection breaks that is to pass this text to the server; empty for none. */
  public void breakAt(String text) {
    broken = text;
  }

  /** Breaks the connections that are open; new ones are served. */
  public void cut() {
    sockets.forEach(TcpProxy::close);
  }

  private void accept() {
    try {
      while (true) {
        serve(port.accept());
      }
    } catch (IOException e) {
      // The proxy was closed, or nobody listens behind it: who connects is refused from now on.
      close(port);
    }
  }

  private void serve(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      close(client);
      throw e;
    }
    synchronized (lock) {
      if (closed) {
        close(client);
        close(server);
        return;
      }
      sockets.add(client);
      sockets.add(server);
      threads.execute(() -> pass(client, server, true));
      threads.execute(() -> pass(server, client, false));
    }
  }

  private void pass(Socket from, Socket to, boolean up) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
        awaitSpeech();
        if (up && !broken.isEmpty() && text(buffer, bytes).contains(broken)) {
          return;
        }
        out.write(buffer, 0, bytes);
      }
    } catch (IOException e) {
      // One of the two is gone; closing tells the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static String text(byte[] buffer, int bytes) {
    return new String(buffer, 0, bytes, StandardCharsets.ISO_8859_1);
  }

  private void awaitSpeech() throws InterruptedException {
    synchronized (lock) {
      while (silent && !closed) {
        lock.wait();
      }
    }
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      // It is of no more use either way.
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    close(port);
    cut();
    threads.shutdownNow();
  }
}
