package io.kurobe.server.avatica;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.session.Session;
import io.kurobe.server.session.Caller;
import io.kurobe.server.statement.ErrorMapping;
import io.kurobe.server.statement.Statements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.Service.RpcMetadataResponse;

/**
 * Bytes in, bytes out: a request of Avatica's protocol, in JSON or protobuf, and its answer.
 * Whatever the bytes are, there is an answer. Threads share it.
 */
public final class AvaticaEndpoint {
  /** The forms of Avatica's protocol. */
  public enum Encoding {
    JSON("application/json;charset=utf-8"),
    PROTOBUF("application/x-google-protobuf");

    private final String contentType;

    Encoding(String contentType) {
      this.contentType = contentType;
    }

    public String contentType() {
      return contentType;
    }
  }

  /** The header of an answer that holds the statement's warnings ({@link WarningHeader}). */
  public static final String WARNINGS = "Kurobe-Warnings";

  /**
   * An answer: HTTP's status, the bytes in the encoding of the request, and what the header {@value
   * #WARNINGS} says.
   */
  @SuppressWarnings("ArrayRecordComponent") // Written out once, never compared.
  public record Answer(int status, Encoding encoding, byte[] body, Optional<String> warnings) {
    Answer(int status, Encoding encoding, byte[] body) {
      this(status, encoding, body, Optional.empty());
    }

    /** Whether it gives the rows of a statement, rather than metadata. */
    public boolean isOfStatement() {
      return warnings.isPresent();
    }

    /** The same with its bytes in another form. */
    public Answer withBody(byte[] other) {
      return new Answer(status, encoding, other, warnings);
    }
  }

  private static final int BAD_REQUEST = 400;

  /** Avatica's clients read the body of 200 and of 500 alone. */
  private static final int SERVER_ERROR = 500;

  private final Statements statements;
  private final Function<Session, CatalogSnapshot> catalog;
  private final RpcMetadataResponse serverMetadata;

  /**
   * Makes an endpoint.
   *
   * @param catalog gives the catalog as a session's principal may see it
   * @param address this server's host and port, which answers carry
   */
  public AvaticaEndpoint(
      Statements statements, Function<Session, CatalogSnapshot> catalog, String address) {
    this.statements = requireNonNull(statements, "statements is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.serverMetadata = new RpcMetadataResponse(requireNonNull(address, "address is null"));
  }

  /**
   * The encoding of a request. The stock client names the same content type for both, so the first
   * byte decides: JSON's is a brace, which no protobuf message begins with.
   */
  public static Encoding encodingOf(String contentType, byte[] body) {
    int first = 0;
    while (first < body.length && (body[first] == ' ' || body[first] == '\t')) {
      first++;
    }
    if (first < body.length && body[first] == '{') {
      return Encoding.JSON;
    }
    boolean wireMessage = body.length > 2 && body[0] == 0x0A && body[2] == 'o';
    return wireMessage || contentType.contains("protobuf") ? Encoding.PROTOBUF : Encoding.JSON;
  }

  /**
   * Answers a request; on this thread, or on one of the executor's if its statement had to wait for
   * its turn.
   */
  public CompletableFuture<Answer> answer(
      Caller caller, Encoding encoding, ClientHabits habits, byte[] body, Executor executor) {
    AvaticaMeta meta = new AvaticaMeta(caller, statements, catalog, habits);
    try {
      return CompletableFuture.completedFuture(answer(meta, encoding, body));
    } catch (WaitsForItsTurn waiting) {
      return waiting
          .run()
          .afterQueue(
              () -> {
                meta.resume(waiting.run());
                return answer(meta, encoding, body);
              },
              executor);
    }
  }

  private Answer answer(AvaticaMeta meta, Encoding encoding, byte[] body) {
    try {
      LocalService service = new LocalService(meta);
      service.setRpcMetadata(serverMetadata);
      Answer answer =
          switch (encoding) {
            case JSON -> json(service, body);
            case PROTOBUF -> {
              HandlerResponse<byte[]> response = new Protobuf(service).apply(body);
              yield new Answer(response.getStatusCode(), encoding, response.getResponse());
            }
          };
      return new Answer(answer.status(), encoding, answer.body(), meta.warnings());
    } catch (WaitsForItsTurn e) {
      throw e;
    } catch (Throwable e) {
      return failure(encoding, e);
    }
  }

  private static Answer json(LocalService service, byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return failure(Encoding.JSON, e);
    }
    HandlerResponse<String> response = new Json(service).apply(text);
    return new Answer(
        response.getStatusCode(),
        Encoding.JSON,
        response.getResponse().getBytes(StandardCharsets.UTF_8));
  }

  /** An answer to what never became a request, such as one that is too large. */
  public static Answer failure(Encoding encoding, Throwable thrown) {
    Failure failure = Failure.of(thrown);
    byte[] body;
    try {
      body =
          switch (encoding) {
            case JSON -> JsonService.MAPPER.writeValueAsBytes(failure.response());
            case PROTOBUF -> new ProtobufTranslationImpl().serializeResponse(failure.response());
          };
    } catch (IOException e) {
      body = new byte[0];
    }
    return new Answer(failure.status(), encoding, body);
  }

  private static KurobeException malformed() {
    return new KurobeException(
        ErrorCode.MALFORMED_REQUEST, "the request is not one of Avatica's protocol");
  }

  /** What was thrown while a request was read, answered or written. */
  private record Failure(int status, ErrorResponse response) {
    static Failure of(Throwable thrown) {
      if (thrown instanceof AvaticaRuntimeException known) {
        return new Failure(SERVER_ERROR, WireError.response(known));
      }
      if (thrown instanceof KurobeException known) {
        int status = known.code() == ErrorCode.MALFORMED_REQUEST ? BAD_REQUEST : SERVER_ERROR;
        return new Failure(status, response(known));
      }
      // Meta's own errors are all mapped before they come here: what is left is the decoder's.
      boolean decoding =
          thrown instanceof JsonProcessingException
              || thrown instanceof IOException
              || thrown instanceof NullPointerException
              || thrown instanceof IllegalArgumentException;
      if (decoding) {
        return new Failure(BAD_REQUEST, response(malformed()));
      }
      return new Failure(SERVER_ERROR, response(thrown));
    }

    private static ErrorResponse response(Throwable thrown) {
      return WireError.response(WireError.of(ErrorMapping.map(thrown, null)));
    }
  }

  private static final class Json extends JsonHandler {
    Json(LocalService service) {
      super(service, NoopMetricsSystem.getInstance());
    }

    @Override
    public HandlerResponse<String> convertToErrorResponse(Exception e) {
      if (e instanceof WaitsForItsTurn waiting) {
        throw waiting;
      }
      Answer answer = failure(Encoding.JSON, e);
      return new HandlerResponse<>(
          new String(answer.body(), StandardCharsets.UTF_8), answer.status());
    }
  }

  private static final class Protobuf extends ProtobufHandler {
    Protobuf(LocalService service) {
      super(service, new PlainReals(), NoopMetricsSystem.getInstance());
    }

    @Override
    public HandlerResponse<byte[]> convertToErrorResponse(Exception e) {
      if (e instanceof WaitsForItsTurn waiting) {
        throw waiting;
      }
      Answer answer = failure(Encoding.PROTOBUF, e);
      return new HandlerResponse<>(answer.body(), answer.status());
    }
  }
}
