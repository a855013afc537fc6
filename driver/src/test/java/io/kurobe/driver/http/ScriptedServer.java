package io.kurobe.driver.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that does to each connection what a test says, with the bytes it says. */
final class ScriptedServer implements AutoCloseable {
  /** What is done with a connection; it is closed afterwards. */
  interface Script {
    void run(Talk talk) throws IOException, InterruptedException;
  }

  /** One connection, from the server's side. */
  static final class Talk {
    private final InputStream in;
    private final OutputStream out;

    Talk(Socket socket) throws IOException {
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /** A head, up to its empty line; empty if the client has gone. */
    String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      for (int read = in.read(); read >= 0; read = in.read()) {
        head.write(read);
        String text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
      return "";
    }

    /** A head and the body that its Content-Length tells of. */
    String request() throws IOException {
      String head = head();
      if (head.isEmpty()) {
        return "";
      }
      int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the client has gone. */
    void rest() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }

    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void answer(String body) throws IOException {
      say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
  }

  /** How many connections have been made. */
  final List<Socket> connections = new CopyOnWriteArrayList<>();

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  ScriptedServer(Script script) {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(script));
  }

  private void accept(Script script) {
    try {
      while (true) {
        Socket socket = listening.accept();
        connections.add(socket);
        threads.execute(() -> talk(script, socket));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private static void talk(Script script, Socket socket) {
    try (socket) {
      script.run(new Talk(socket));
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the test has ended.
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  Origin origin() {
    return new Origin("127.0.0.1", port(), Optional.empty());
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : connections) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
