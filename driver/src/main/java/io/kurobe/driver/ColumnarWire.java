package io.kurobe.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurobe.driver.http.HttpAnswer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * The columnar wire (docs/wire.md) of one connection. It numbers the statements, so that making one
 * is no exchange; what was closed is told with the next request, or at once in the background where
 * a result was left unread. Any thread may use it.
 */
final class ColumnarWire {
  /** Closed statements that the server has not been told of. */
  private static final int MOST_UNTOLD = 16;

  private final String connection;
  private final Supplier<HttpTransport> transport;
  private final boolean compressed;
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Set<Integer> prepared = ConcurrentHashMap.newKeySet();
  private final Queue<Integer> done = new ConcurrentLinkedQueue<>();
  private final Map<Integer, CompletableFuture<?>> leaving = new ConcurrentHashMap<>();

  /**
   * The wire of a connection.
   *
   * @param transport gives the way to the server, with the time-out that holds now
   * @param compressed whether rows may come compressed
   */
  ColumnarWire(String connection, Supplier<HttpTransport> transport, boolean compressed) {
    this.connection = connection;
    this.transport = transport;
    this.compressed = compressed;
  }

  /** The number of a new statement. */
  int number() {
    return -lastNumber.incrementAndGet();
  }

  /** Runs a text; the answer is the first page. */
  Reply execute(int statement, String sql, long maxRows, int pageRows) throws SQLException {
    ObjectNode request = request(statement).put("sql", sql);
    return run(statement, request, maxRows, pageRows);
  }

  /** Runs what was prepared; the answer is the first page. */
  Reply execute(int statement, List<TypedValue> parameters, long maxRows, int pageRows)
      throws SQLException {
    ObjectNode request = request(statement);
    // Not as a tree, which drops the zeros at the end of decimals.
    request.putPOJO("parameters", parameters);
    return run(statement, request, maxRows, pageRows);
  }

  private Reply run(int statement, ObjectNode request, long maxRows, int pageRows)
      throws SQLException {
    CompletableFuture<?> before = leaving.remove(statement);
    if (before != null) {
      // What ends the result before must not overtake this and end it too.
      before.handle((answer, problem) -> statement).join();
    }
    if (maxRows > 0) {
      request.put("maxRows", maxRows);
    }
    return transport.get().post("/v1/execute", bytes(paged(request, pageRows)));
  }

  /** Asks for the next page without waiting for it; {@link #arrived} waits. */
  CompletableFuture<HttpAnswer> fetchAhead(int statement, long offset, int pageRows) {
    ObjectNode request = request(statement).put("offset", offset);
    return transport.get().postAhead("/v1/fetch", bytes(paged(request, pageRows)));
  }

  /** The page that was asked for. */
  Reply arrived(CompletableFuture<HttpAnswer> page) throws SQLException {
    return transport.get().arrived(page);
  }

  /** Has a text planned; the answer is what it takes and gives. */
  Meta.Signature prepare(int statement, String sql) throws SQLException {
    JsonNode answer = answer("/v1/prepare", request(statement).put("sql", sql));
    prepared.add(statement);
    return signature(answer.path("signature").toString());
  }

  /** Avatica's description of a statement, from its JSON. */
  static Meta.Signature signature(String json) throws SQLException {
    try {
      Meta.Signature signature = JsonService.MAPPER.readValue(json, Meta.Signature.class);
      if (signature == null || signature.columns == null) {
        throw SqlErrors.notUnderstood(null);
      }
      return signature;
    } catch (JsonProcessingException e) {
      throw SqlErrors.notUnderstood(e);
    }
  }

  /** Ends what runs; false if the server finds nothing that does. */
  boolean cancel(int statement) throws SQLException {
    return answer("/v1/cancel", request(statement)).path("found").asBoolean();
  }

  /** How far what runs is; empty if nothing does or the server does not know the question. */
  Optional<StatementProgress> progress(int statement) throws SQLException {
    try {
      // Nothing that was closed rides along: a server that does not know the question hears none.
      ObjectNode request =
          JsonService.MAPPER
              .createObjectNode()
              .put("connection", connection)
              .put("statement", statement);
      JsonNode told = answer("/v1/progress", request);
      return told.path("found").asBoolean()
          ? Optional.of(new StatementProgress(told))
          : Optional.empty();
    } catch (SQLException e) {
      if (SqlErrors.PROTOCOL_VIOLATION.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Leaves the rest of a result unread: the server ends it, and nobody waits for that. */
  void leave(int statement) {
    if (prepared.contains(statement)) {
      // A server that knows nothing of what is left cancels; another finds nothing to cancel.
      ObjectNode request = request(statement);
      request.withArray("leave").add(statement);
      leaving.put(statement, transport.get().postAhead("/v1/cancel", bytes(request)));
    } else {
      ObjectNode request = request(statement);
      request.withArray("close").add(statement);
      leaving.put(statement, transport.get().postAhead("/v1/close", bytes(request)));
    }
  }

  /** Notes that a statement, also one that the server numbered, is not used any more. */
  void close(int statement) {
    leaving.remove(statement);
    // The server has forgotten a text's statement with its result.
    if (statement > 0 || prepared.remove(statement)) {
      done.add(statement);
      if (done.size() >= MOST_UNTOLD) {
        transport.get().postAhead("/v1/close", bytes(request()));
      }
    }
  }

  private ObjectNode request(int statement) {
    return request().put("statement", statement);
  }

  private ObjectNode request() {
    ObjectNode request = JsonService.MAPPER.createObjectNode().put("connection", connection);
    Integer closed = done.poll();
    if (closed != null) {
      ArrayNode list = request.withArray("close");
      for (; closed != null; closed = done.poll()) {
        list.add(closed);
      }
    }
    return request;
  }

  private ObjectNode paged(ObjectNode request, int pageRows) {
    if (pageRows > 0 || compressed) {
      ObjectNode page = request.putObject("page");
      if (pageRows > 0) {
        page.put("rows", pageRows);
      }
      if (compressed) {
        page.putArray("compression").add("lz4");
      }
    }
    return request;
  }

  private JsonNode answer(String path, ObjectNode request) throws SQLException {
    byte[] body = transport.get().post(path, bytes(request)).body();
    try {
      return JsonService.MAPPER.readTree(body);
    } catch (IOException e) {
      throw SqlErrors.notUnderstood(e);
    }
  }

  private static byte[] bytes(ObjectNode request) {
    try {
      return JsonService.MAPPER.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new WireException(SqlErrors.of("22023", 0, "a parameter cannot be sent", e));
    }
  }
}
