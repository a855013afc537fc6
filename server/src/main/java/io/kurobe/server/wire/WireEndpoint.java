package io.kurobe.server.wire;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.server.avatica.ParameterReader;
import io.kurobe.server.avatica.Signatures;
import io.kurobe.server.avatica.WarningHeader;
import io.kurobe.server.avatica.WireForm;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.ClientConnection;
import io.kurobe.server.statement.Run;
import io.kurobe.server.statement.Run.Poll;
import io.kurobe.server.statement.RunProgress;
import io.kurobe.server.statement.Statements;
import io.kurobe.server.wire.WireAnswer.State;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.avatica.remote.JsonService;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in, bytes out: a request of the columnar wire (docs/wire.md) and its answer. Whatever the
 * bytes are, there is an answer. Threads share it.
 */
public final class WireEndpoint {
  /** The header of every request and answer that names the version. */
  public static final String PROTOCOL = "Kurobe-Protocol";

  /** The version that is spoken. */
  public static final String VERSION = "1";

  /** What may be asked. */
  public enum Exchange {
    EXECUTE,
    FETCH,
    PREPARE,
    CANCEL,
    CLOSE,
    PROGRESS;

    private static final String PREFIX = "/v" + VERSION + "/";

    /** What is asked at an address; empty where nothing is. */
    public static Optional<Exchange> at(String path) {
      for (Exchange exchange : values()) {
        if (path.equals(PREFIX + exchange.name().toLowerCase(java.util.Locale.ROOT))) {
          return Optional.of(exchange);
        }
      }
      return Optional.empty();
    }
  }

  /** The key of the schema's metadata that has Avatica's signature. */
  private static final String SIGNATURE = "kurobe.signature";

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Statements statements;

  public WireEndpoint(Statements statements) {
    this.statements = requireNonNull(statements, "statements is null");
  }

  /**
   * Answers a request; on this thread, or on one of the executor's if its statement had to wait for
   * its turn.
   *
   * @param version what its header {@value #PROTOCOL} says; null if it has none
   */
  public CompletableFuture<WireAnswer> answer(
      Caller caller, Exchange exchange, @Nullable String version, byte[] body, Executor executor) {
    try {
      if (!VERSION.equals(version)) {
        throw new KurobeException(
                ErrorCode.MALFORMED_REQUEST,
                "the request's header " + PROTOCOL + " does not name a version spoken here")
            .withHint("The server speaks version " + VERSION + "; use a driver of its release.");
      }
      WireRequest request = WireRequest.read(body);
      ClientConnection connection = statements.connection(request.connectionId(), caller);
      statements.close(connection, request.closing());
      statements.leave(connection, request.leaving());
      return switch (exchange) {
        case EXECUTE -> execute(connection, request, executor);
        case FETCH -> completedFuture(fetch(connection, request));
        case PREPARE -> completedFuture(prepare(connection, request));
        case CANCEL ->
            completedFuture(
                WireAnswer.json(
                    Map.of("found", statements.cancel(connection, request.statementId()))));
        case CLOSE -> completedFuture(WireAnswer.json(Map.of()));
        case PROGRESS ->
            completedFuture(
                WireAnswer.json(
                    statements
                        .progress(connection, request.statementId())
                        .<Map<String, Object>>map(WireEndpoint::progress)
                        .orElse(Map.of("found", false))));
      };
    } catch (Throwable e) {
      return completedFuture(WireAnswer.failure(e));
    }
  }

  private static Map<String, Object> progress(RunProgress progress) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("found", true);
    told.put("queryId", progress.queryId());
    told.put("state", progress.state());
    told.put("elapsedMillis", progress.elapsed().toMillis());
    told.put("rows", progress.rows());
    progress
        .fragments()
        .ifPresent(
            fragments -> {
              told.put("fragments", fragments.fragments());
              told.put("fragmentsDone", fragments.done());
              told.put("rowsRead", fragments.rowsRead());
            });
    return told;
  }

  private WireAnswer prepare(ClientConnection connection, WireRequest request) {
    int id = request.statementId();
    String sql = request.textToPrepare();
    statements.prepare(connection, id, sql, request.rowsOfResult());
    PlannedStatement planned = statements.prepared(connection, id);
    return WireAnswer.json(
        Map.of("signature", Signatures.of(sql, planned, planned.columns(), WireForm.EXACT)));
  }

  private CompletableFuture<WireAnswer> execute(
      ClientConnection connection, WireRequest request, Executor executor) {
    int id = request.statementId();
    long most = request.rowsOfResult();
    WantedPage wanted = request.wantedPage();
    Optional<String> text = request.text();
    Run run =
        text.isPresent()
            ? statements.execute(connection, id, text.get(), most)
            : statements.execute(
                connection, id, ParameterReader.values(request.parameters()), most);
    return run.isQueued()
        ? run.afterQueue(() -> begun(connection, id, run, wanted), executor)
        : completedFuture(begun(connection, id, run, wanted));
  }

  private WireAnswer begun(ClientConnection connection, int id, Run run, WantedPage wanted) {
    try {
      if (run.planned().kind() == PlannedStatement.Kind.COMMAND) {
        return command(connection, id, run);
      }
      ResultPages pages = new ResultPages(run, schema(run));
      ResultPages.Page first = pages.next(0, wanted);
      if (!first.last()) {
        statements.attach(connection, id, run, pages);
      }
      return given(connection, id, run, first);
    } catch (Throwable e) {
      return failed(connection, id, run, e);
    }
  }

  private WireAnswer command(ClientConnection connection, int id, Run run) {
    Poll poll = run.poll(PATIENCE);
    while (!(poll instanceof Poll.End)) {
      // A command gives no rows; it is over when its stream is.
      poll = run.poll(PATIENCE);
    }
    statements.settle(connection, run);
    statements.release(connection, id, run);
    return WireAnswer.rows(State.NONE, WarningHeader.of(id, run), NOTHING);
  }

  private WireAnswer fetch(ClientConnection connection, WireRequest request) {
    int id = request.statementId();
    long offset = request.nextRow();
    WantedPage wanted = request.wantedPage();
    ResultPages pages =
        statements
            .attached(connection, id, ResultPages.class)
            .orElseThrow(
                () ->
                    new KurobeException(
                        ErrorCode.NO_SUCH_STATEMENT, "the statement has no result to read"));
    try {
      return given(connection, id, pages.run(), pages.next(offset, wanted));
    } catch (Throwable e) {
      return failed(connection, id, pages.run(), e);
    }
  }

  private WireAnswer given(ClientConnection connection, int id, Run run, ResultPages.Page page) {
    if (page.last()) {
      statements.release(connection, id, run);
    }
    return WireAnswer.rows(
        page.last() ? State.END : State.MORE, WarningHeader.of(id, run), page.body());
  }

  /** An error ends the result. */
  private WireAnswer failed(ClientConnection connection, int id, Run run, Throwable thrown) {
    statements.release(connection, id, run);
    return WireAnswer.failure(thrown, run.queryId(), Optional.of(WarningHeader.of(id, run)));
  }

  private static Schema schema(Run run) {
    try {
      String signature =
          JsonService.MAPPER.writeValueAsString(
              Signatures.of(run.sql(), run.planned(), run.columns(), WireForm.EXACT));
      return new Schema(ArrowTypes.schema(run.columns()).getFields(), Map.of(SIGNATURE, signature));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a signature could not be written", e);
    }
  }
}
