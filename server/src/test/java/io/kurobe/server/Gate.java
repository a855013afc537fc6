package io.kurobe.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A port of loopback that passes everything on to another, until its connections are cut; as it is,
 * or after it was asked to as a proxy is.
 */
final class Gate implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final Optional<String> proxyAnswer;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  Gate(int target) throws IOException {
    this(target, Optional.empty());
  }

  private Gate(int target, Optional<String> proxyAnswer) throws IOException {
    this.target = target;
    this.proxyAnswer = proxyAnswer;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** A proxy that answers so to CONNECT. */
  static Gate proxy(int target, String answer) throws IOException {
    return new Gate(target, Optional.of(answer));
  }

  /** What was asked for before anything was passed on, a line each. */
  List<String> asked() {
    return asked;
  }

  int port() {
    return listening.getLocalPort();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "gate");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = listening.accept();
        if (proxyAnswer.isPresent()) {
          readHead(from.getInputStream());
          from.getOutputStream().write(proxyAnswer.get().getBytes(StandardCharsets.US_ASCII));
        }
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(from);
        open.add(to);
        start(() -> pass(from, to));
        start(() -> pass(to, from));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
    asked.add(head.substring(0, head.indexOf("\r\n")));
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone, and with it the other.
    }
  }

  /** Cuts every connection that there is; others may come. */
  void closeAll() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    closeAll();
  }
}
