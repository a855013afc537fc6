package io.kurobe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A language model on loopback that takes what it is told and never answers. */
final class SilentModel implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> left = new LinkedBlockingQueue<>();

  SilentModel() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /** When requests came, by {@link System#nanoTime}. */
  BlockingQueue<Long> asked() {
    return asked;
  }

  /** When whoever asked went away, the same. */
  BlockingQueue<Long> left() {
    return left;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> hear(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void hear(Socket socket) {
    try (socket) {
      byte[] told = new byte[8_192];
      boolean first = true;
      while (socket.getInputStream().read(told) >= 0) {
        if (first) {
          asked.add(System.nanoTime());
        }
        first = false;
      }
    } catch (IOException e) {
      // It went away in a hurry.
    }
    left.add(System.nanoTime());
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
