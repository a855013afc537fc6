package io.kurobe.driver.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One connection to an origin. It is a channel's, so that interrupting the thread that uses it, or
 * closing it from another, ends what that thread waits for. One thread at a time uses it, which
 * closes it.
 */
final class HttpConnection implements AutoCloseable {
  /** A server, or what stands before it, may close what was idle for longer. */
  private static final long KEPT = TimeUnit.SECONDS.toNanos(30);

  /** TLS tells a closed connection only to a read that waits, which is not worth it at once. */
  private static final long TRUSTED = TimeUnit.SECONDS.toNanos(1);

  /** What one write gives the socket: the runtime keeps a buffer of that size for each thread. */
  private static final int PIECE = 1 << 16;

  private final SocketChannel channel;
  private final Socket socket;
  private final OutputStream out;
  private final AnswerReader answers;
  private final String before;
  private final String host;
  private long used = System.nanoTime();

  private HttpConnection(SocketChannel channel, Socket socket, String before, String host)
      throws IOException {
    this.channel = channel;
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.answers = new AnswerReader(socket.getInputStream());
    this.before = before;
    this.host = host;
  }

  /** A new connection, through the proxy that the runtime names for the origin if it names one. */
  static HttpConnection open(Origin origin, Deadline deadline) throws IOException {
    Optional<InetSocketAddress> proxy = HttpProxy.of(origin);
    SocketChannel channel =
        proxy.isPresent()
            ? connect(proxy.get().getHostString(), proxy.get().getPort(), deadline)
            : connect(origin.host(), origin.port(), deadline);
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Socket plain = channel.socket();
      if (origin.tls().isEmpty()) {
        String before = proxy.isPresent() ? "http://" + origin.authority() : "";
        return new HttpConnection(channel, plain, before, origin.authority());
      }
      if (proxy.isPresent()) {
        HttpProxy.tunnel(plain, origin);
      }
      return new HttpConnection(channel, secured(origin, plain), "", origin.authority());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Connects to the first address of a host that answers. */
  private static SocketChannel connect(String host, int port, Deadline deadline)
      throws IOException {
    IOException problem = new UnknownHostException(host);
    for (InetAddress address : addresses(host)) {
      SocketChannel channel = SocketChannel.open();
      deadline.guard(channel);
      try {
        channel.connect(new InetSocketAddress(address, port));
        return channel;
      } catch (IOException e) {
        channel.close();
        problem = e;
        if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
          break;
        }
      }
    }
    throw problem;
  }

  private static InetAddress[] addresses(String host) throws UnknownHostException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new UnknownHostException(host);
    }
  }

  private static Socket secured(Origin origin, Socket plain) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            origin.tls().orElseThrow().createSocket(plain, origin.host(), origin.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /** The channel, which ends whatever waits for it when it is closed. */
  SocketChannel channel() {
    return channel;
  }

  /** Whether a request may be sent: the server has not closed it, as far as can be known. */
  boolean isUsable() {
    long idle = System.nanoTime() - used;
    if (idle > KEPT || !channel.isOpen()) {
      return false;
    }
    try {
      return socket == channel.socket() ? isSilent() : idle < TRUSTED || isSilentWithin();
    } catch (IOException e) {
      return false;
    }
  }

  /** What an idle connection has to read is its end, or nothing that anybody asked for. */
  private boolean isSilent() throws IOException {
    channel.configureBlocking(false);
    int read = channel.read(ByteBuffer.allocate(1));
    channel.configureBlocking(true);
    return read == 0;
  }

  private boolean isSilentWithin() throws IOException {
    socket.setSoTimeout(1);
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /** Sends a request and reads its answer. */
  HttpAnswer exchange(HttpPost post) throws IOException {
    send(post);
    HttpAnswer answer = answers.read();
    used = System.nanoTime();
    return answer;
  }

  private void send(HttpPost post) throws IOException {
    byte[] head = post.head(before, host);
    byte[] body = post.body();
    int first = Math.min(body.length, Math.max(0, PIECE - head.length));
    byte[] start = new byte[head.length + first];
    System.arraycopy(head, 0, start, 0, head.length);
    System.arraycopy(body, 0, start, head.length, first);
    out.write(start);
    for (int at = first; at < body.length; at += PIECE) {
      out.write(body, at, Math.min(PIECE, body.length - at));
    }
    out.flush();
  }

  /** Whether another request may follow the answer that was read last. */
  boolean isReusable() {
    return channel.isOpen() && answers.isReusable();
  }

  /** Closes the channel at once; TLS is not told, as nothing is left to be said. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // There is nothing that could be done with it.
    }
  }
}
