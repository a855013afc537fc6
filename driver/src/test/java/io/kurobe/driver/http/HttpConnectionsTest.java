package io.kurobe.driver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpConnectionsTest {
  private static HttpPost post(String body) {
    return new HttpPost("/v1/execute", "Test: yes\r\n", body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.ISO_8859_1);
  }

  private static String ask(HttpConnections connections, String body) throws IOException {
    return text(connections.exchange(post(body), Optional.empty()));
  }

  /** The answer to one request, of a server that says these bytes. */
  private static HttpAnswer answered(String said) throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                talk -> {
                  talk.request();
                  talk.say(said);
                });
        HttpConnections connections = new HttpConnections(server.origin())) {
      return connections.exchange(post("x"), Optional.empty());
    }
  }

  @Test
  void sendsWhatIsPostedAndReadsTheAnswer() throws IOException {
    try (ScriptedServer server = new ScriptedServer(talk -> talk.answer(talk.request()));
        HttpConnections connections = new HttpConnections(server.origin())) {
      String origin = "127.0.0.1:" + server.port();

      assertEquals(
          "POST /v1/execute HTTP/1.1\r\nHost: "
              + origin
              + "\r\nTest: yes\r\n"
              + "Content-Length: 5\r\n\r\nhello",
          ask(connections, "hello"));
    }
  }

  @Test
  void keepsItsConnectionBetweenExchanges() throws IOException {
    try (ScriptedServer server = echo();
        HttpConnections connections = new HttpConnections(server.origin())) {
      for (int i = 0; i < 20; i++) {
        assertTrue(ask(connections, "number " + i).endsWith("number " + i));
      }

      assertEquals(1, server.connections.size());
    }
  }

  private static ScriptedServer echo() {
    return new ScriptedServer(
        talk -> {
          for (String request = talk.request(); !request.isEmpty(); request = talk.request()) {
            talk.answer(request);
          }
        });
  }

  @Test
  void readsBodiesOfEachFraming() throws IOException {
    String ok = "HTTP/1.1 200 OK\r\n";

    assertEquals("abc", text(answered(ok + "content-length:3\r\n\r\nabcdef")));
    assertEquals("until the end", text(answered(ok + "\r\nuntil the end")));
    assertEquals(
        "hello, world",
        text(
            answered(
                ok
                    + "Transfer-Encoding: chunked\r\n\r\n7;a=b\r\nhello, \r\n5\r\nworld\r\n"
                    + "0\r\nTrailer: x\r\n\r\n")));
    assertEquals("", text(answered("HTTP/1.1 204 No Content\r\n\r\n")));
    assertEquals("", text(answered(ok + "Content-Length: 0\r\n\r\n")));
  }

  /** The length alone costs nothing, and a long body comes whole. */
  @Test
  void believesALengthAsItsBytesCome() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: ";

    assertThrows(EOFException.class, () -> answered(head + Integer.MAX_VALUE + "\r\n\r\nabc"));
    String body = "0123456789".repeat(4_000_000);
    assertEquals(body, text(answered(head + body.length() + "\r\n\r\n" + body)));
  }

  @Test
  void passesOverInterimAnswersAndFindsHeadersInAnyCase() throws IOException {
    HttpAnswer answer =
        answered(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nX-Why:  soon \r\n"
                + "Content-Length: 2\r\n\r\nno");

    assertEquals(503, answer.status());
    assertEquals(Optional.of("soon"), answer.header("x-WHY"));
    assertEquals("no", text(answer));
  }

  @Test
  void refusesWhatIsNotHttp() {
    List<String> wrong =
        List.of(
            "SSH-2.0-server\r\n",
            "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nLong: " + "x".repeat(1 << 19) + "\r\n\r\n");

    for (String said : wrong) {
      assertThrows(ProtocolException.class, () -> answered(said), said.substring(0, 12));
    }
  }

  @Test
  void tellsThatAnAnswerWasCutShort() {
    assertThrows(EOFException.class, () -> answered("HTTP/1.1 200 OK\r\nConte"));
    assertThrows(
        EOFException.class, () -> answered("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"));
  }

  @Test
  void doesNotUseAConnectionThatTheServerHasClosed() throws Exception {
    // Each connection answers once, and is closed without that being said.
    try (ScriptedServer server = new ScriptedServer(talk -> talk.answer(talk.request()));
        HttpConnections connections = new HttpConnections(server.origin())) {
      for (int i = 0; i < 5; i++) {
        assertTrue(ask(connections, "once").endsWith("once"));
        while (!server.connections.get(i).isClosed()) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        // That is said just before it is done.
        TimeUnit.MILLISECONDS.sleep(50);
      }

      assertEquals(5, server.connections.size());
    }
  }

  @Test
  void leavesAConnectionOnWhichMoreCameThanWasAsked() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\n\r\nb");
                  TimeUnit.SECONDS.sleep(20);
                });
        HttpConnections connections = new HttpConnections(server.origin())) {
      assertEquals("a", ask(connections, "one"));
      assertEquals("a", ask(connections, "two"));
      assertEquals(2, server.connections.size());
    }
  }

  @Test
  void readsARefusalThatCameBeforeAllWasSent() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                talk -> {
                  talk.head();
                  talk.answer("too long");
                  talk.rest();
                });
        HttpConnections connections = new HttpConnections(server.origin())) {
      assertEquals("too long", ask(connections, "x".repeat(50_000_000)));
    }
  }

  @Test
  void givesUpAfterItsTimeHoweverSlowlyBytesCome() {
    try (ScriptedServer server =
            new ScriptedServer(
                talk -> {
                  talk.request();
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                  for (int i = 0; i < 100; i++) {
                    talk.say("x");
                    TimeUnit.MILLISECONDS.sleep(100);
                  }
                });
        HttpConnections connections = new HttpConnections(server.origin())) {
      TimedOutException late =
          assertThrows(
              TimedOutException.class,
              () -> connections.exchange(post("x"), Optional.of(Duration.ofMillis(300))));

      assertTrue(late.isConnected());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void givesUpWritingToAServerThatReadsNothing() throws IOException {
    try (ScriptedServer server = new ScriptedServer(talk -> TimeUnit.SECONDS.sleep(20));
        HttpConnections connections = new HttpConnections(server.origin())) {
      HttpPost large = post("x".repeat(50_000_000));

      assertThrows(
          TimedOutException.class,
          () -> connections.exchange(large, Optional.of(Duration.ofMillis(300))));
    }
  }

  @Test
  void timeThatWasEnoughEndsNothingAfterwards() throws Exception {
    try (ScriptedServer server = echo();
        HttpConnections connections = new HttpConnections(server.origin())) {
      connections.exchange(post("a"), Optional.of(Duration.ofSeconds(2)));
      TimeUnit.MILLISECONDS.sleep(2_200);

      assertTrue(ask(connections, "b").endsWith("b"));
      assertEquals(1, server.connections.size());
    }
  }

  @Test
  void endsAnExchangeWhoseThreadIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server = silent(asked);
        HttpConnections connections = new HttpConnections(server.origin())) {
      AtomicReference<Throwable> problem = new AtomicReference<>();
      AtomicReference<Boolean> interrupted = new AtomicReference<>();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  ask(connections, "x");
                } catch (IOException e) {
                  problem.set(e);
                  interrupted.set(Thread.currentThread().isInterrupted());
                }
              });
      waiting.start();
      asked.await();
      waiting.interrupt();
      waiting.join(TimeUnit.SECONDS.toMillis(10));

      assertFalse(waiting.isAlive());
      assertTrue(problem.get() instanceof IOException);
      assertTrue(interrupted.get());
    }
  }

  private static ScriptedServer silent(CountDownLatch asked) {
    return new ScriptedServer(
        talk -> {
          talk.request();
          asked.countDown();
          TimeUnit.SECONDS.sleep(20);
        });
  }

  @Test
  void abortEndsWhatIsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server = silent(asked);
        HttpConnections connections = new HttpConnections(server.origin())) {
      CompletableFuture<String> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ask(connections, "x");
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      asked.await();
      connections.abort();

      assertThrows(ExecutionException.class, () -> waiting.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void closesWhatIsIdle() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.answer(talk.request());
              if (talk.request().isEmpty()) {
                gone.countDown();
              }
            })) {
      try (HttpConnections connections = new HttpConnections(server.origin())) {
        ask(connections, "x");
      }

      assertTrue(gone.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void asksThroughTheProxyThatTheRuntimeNames() throws IOException {
    ProxySelector before = ProxySelector.getDefault();
    try (ScriptedServer proxy = new ScriptedServer(talk -> talk.answer(talk.request()))) {
      ProxySelector.setDefault(always(proxy.port()));
      Origin origin = new Origin("gateway.example", 8765, Optional.empty());
      try (HttpConnections connections = new HttpConnections(origin)) {
        String seen = ask(connections, "x");

        assertTrue(
            seen.startsWith(
                "POST http://gateway.example:8765/v1/execute HTTP/1.1\r\n"
                    + "Host: gateway.example:8765\r\n"),
            seen);
      }
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static ProxySelector always(int port) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port)));
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException problem) {}
    };
  }
}
