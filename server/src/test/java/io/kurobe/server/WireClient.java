package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.testing.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageChannelReader;
import org.apache.arrow.vector.ipc.message.MessageResult;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A connection that speaks the columnar wire by hand. */
final class WireClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An answer, also of what went wrong. */
  record Answer(HttpResponse<byte[]> http) {
    int status() {
      return http.statusCode();
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    String state() {
      return header("Kurobe-State");
    }

    byte[] body() {
      return http.body();
    }

    JsonNode json() {
      try {
        return JSON.readTree(http.body());
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    String text() {
      return new String(http.body(), StandardCharsets.UTF_8);
    }

    /** The SQLSTATE of an error; empty for what is none. */
    String sqlState() {
      return status() == 200 ? "" : json().path("sqlState").asText();
    }
  }

  /**
   * What a page holds.
   *
   * @param vectors bytes of its batches without what describes them
   */
  record Page(byte[] bytes, int batches, long rows, long vectors) {
    @Override
    public String toString() {
      return rows + " rows in " + batches + " batches of " + vectors + " bytes";
    }
  }

  /** A result that was read, however many pages it took. */
  record Result(List<Page> pages, Schema schema, List<List<@Nullable Object>> rows) {
    JsonNode signature() {
      try {
        return JSON.readTree(schema.getCustomMetadata().get("kurobe.signature"));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final int port;
  private final String id;
  private final String user;

  private WireClient(int port, String id, String user) {
    this.port = port;
    this.id = id;
    this.user = user;
  }

  /** Opens a connection; an id that is open already is shared. */
  static WireClient open(int port, String id, String user)
      throws IOException, InterruptedException {
    String answer =
        RawClient.json(
            port, "{\"request\":\"openConnection\",\"connectionId\":\"" + id + "\"}", user);
    assertThat(answer).contains("\"response\":\"openConnection\"");
    return new WireClient(port, id, user);
  }

  static WireClient open(TestGateway gateway) throws IOException, InterruptedException {
    return open(gateway.port(), "w-" + System.nanoTime(), "");
  }

  /** The same connection's id in the hands of another user. */
  WireClient as(String stranger) {
    return new WireClient(port, id, stranger);
  }

  void close() throws IOException, InterruptedException {
    RawClient.json(port, "{\"request\":\"closeConnection\",\"connectionId\":\"" + id + "\"}", user);
  }

  /** Sends a request of these members, in single quotes, beside the connection. */
  Answer ask(String exchange, String members) throws IOException, InterruptedException {
    return send(exchange, "1", body(members));
  }

  private byte[] body(String members) {
    String body = "{'connection':'" + id + "'" + (members.isEmpty() ? "" : "," + members) + "}";
    return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /** The same request to its last byte, for a socket whose answer nobody reads. */
  void askWithoutListening(Socket socket, String exchange, String members) throws IOException {
    byte[] body = body(members);
    String head =
        "POST /v1/%s HTTP/1.1\r\nHost: kurobe\r\nKurobe-Protocol: 1\r\nContent-Length: %d\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.formatted(exchange, body.length).getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  /** Sends whatever bytes. */
  Answer send(String exchange, String version, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + exchange))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!version.isEmpty()) {
      request.header("Kurobe-Protocol", version);
    }
    if (!user.isEmpty()) {
      String credentials =
          Base64.getEncoder().encodeToString((user + ":x").getBytes(StandardCharsets.UTF_8));
      request.header("Authorization", "Basic " + credentials);
    }
    return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
  }

  /** The SQLSTATE of what a request of these members gets. */
  String sqlState(String exchange, String members) throws IOException, InterruptedException {
    return ask(exchange, members).sqlState();
  }

  Answer execute(int statement, String sql) throws IOException, InterruptedException {
    return ask("execute", "'statement':" + statement + ",'sql':'" + sql + "'");
  }

  /** Runs a text and reads all of it. */
  Result read(int statement, String sql) throws IOException, InterruptedException {
    return read(statement, "'sql':'" + sql + "'", "{}");
  }

  /** Executes and fetches to the end, with these members and wants of each page. */
  Result read(int statement, String members, String page) throws IOException, InterruptedException {
    Answer answer = ask("execute", "'statement':" + statement + "," + members + ",'page':" + page);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return rest(statement, answer, page);
  }

  /** Fetches what follows a first page. */
  Result rest(int statement, Answer first, String page) throws IOException, InterruptedException {
    List<Page> pages = new ArrayList<>(List.of(page(first.body())));
    String state = first.state();
    while (state.equals("more")) {
      long offset = pages.stream().mapToLong(Page::rows).sum();
      Answer next = fetch(statement, offset, page);
      assertThat(next.status()).as(next.text()).isEqualTo(200);
      pages.add(page(next.body()));
      state = next.state();
    }
    assertThat(state).isEqualTo("end");
    return decoded(pages);
  }

  Answer fetch(int statement, long offset, String page) throws IOException, InterruptedException {
    return ask("fetch", "'statement':" + statement + ",'offset':" + offset + ",'page':" + page);
  }

  static Page page(byte[] bytes) {
    int batches = 0;
    long rows = 0;
    long vectors = 0;
    try (RootAllocator allocator = new RootAllocator();
        MessageChannelReader reader =
            new MessageChannelReader(
                new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes))), allocator)) {
      for (MessageResult next = reader.readNext(); next != null; next = reader.readNext()) {
        if (next.getMessage().headerType() == MessageHeader.RecordBatch) {
          batches++;
          rows += ((RecordBatch) next.getMessage().header(new RecordBatch())).length();
          vectors += next.getMessage().bodyLength();
          next.getBodyBuffer().close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Page(bytes, batches, rows, vectors);
  }

  /** The pages, one after the other, as Arrow's own reader understands them. */
  static Result decoded(List<Page> pages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pages.forEach(page -> all.writeBytes(page.bytes()));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(
                new ByteArrayInputStream(all.toByteArray()), allocator, FrameCodec.FACTORY)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        rows.addAll(Rows.of(root));
      }
      return new Result(pages, root.getSchema(), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
