package io.kurobe.server.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A request of the columnar wire, as it was read: which members it must have depends on what is
 * asked. Those of later versions are ignored.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WireRequest(
    @Nullable String connection,
    @Nullable List<@Nullable Integer> close,
    @Nullable List<@Nullable Integer> leave,
    @Nullable Integer statement,
    @Nullable String sql,
    @Nullable List<TypedValue> parameters,
    @Nullable Long maxRows,
    @Nullable Long offset,
    @Nullable Page page) {
  /** What the client wants of a page. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Page(@Nullable Long rows, @Nullable List<@Nullable String> compression) {}

  /** Avatica's numbers, but nothing that is read as something else than it is. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  /**
   * Reads a request.
   *
   * @throws KurobeException MALFORMED_REQUEST
   */
  static WireRequest read(byte[] body) {
    WireRequest request;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      request = MAPPER.readValue(text, WireRequest.class);
    } catch (CharacterCodingException | JsonProcessingException e) {
      throw new KurobeException(
          ErrorCode.MALFORMED_REQUEST, "the request is not one of Kurobe's wire", e);
    }
    if (request == null) {
      throw malformed("the request is empty");
    }
    if (request.closing().stream().anyMatch(Objects::isNull)
        || request.leaving().stream().anyMatch(Objects::isNull)) {
      throw malformed("what is to be closed has no number");
    }
    return request;
  }

  String connectionId() {
    return said(connection, "connection");
  }

  List<Integer> closing() {
    return close == null ? List.of() : close;
  }

  /** Those whose results the client does not read on. */
  List<Integer> leaving() {
    return leave == null ? List.of() : leave;
  }

  /** The client's number of the statement. */
  int statementId() {
    int id = said(statement, "statement");
    if (id >= 0) {
      throw malformed("the client's numbers of statements are below zero, but this is " + id);
    }
    return id;
  }

  /** The text to run; empty for what was prepared. */
  Optional<String> text() {
    if (sql != null && parameters != null) {
      throw malformed("a text is run without parameters: prepare it first");
    }
    return Optional.ofNullable(sql);
  }

  String textToPrepare() {
    return said(sql, "text");
  }

  long rowsOfResult() {
    return countOf(maxRows, "maxRows");
  }

  long nextRow() {
    return countOf(said(offset, "offset"), "offset");
  }

  WantedPage wantedPage() {
    if (page == null) {
      return WantedPage.WHATEVER_FITS;
    }
    long rows = countOf(page.rows(), "page.rows");
    boolean compressed = page.compression() != null && page.compression().contains(WantedPage.LZ4);
    return new WantedPage(rows == 0 ? Long.MAX_VALUE : rows, compressed);
  }

  private static long countOf(@Nullable Long value, String what) {
    if (value != null && value < 0) {
      throw malformed(what + " is below zero");
    }
    return value == null ? 0 : value;
  }

  private static <T> T said(@Nullable T value, String what) {
    if (value == null) {
      throw malformed("the request names no " + what);
    }
    return value;
  }

  private static KurobeException malformed(String message) {
    return new KurobeException(ErrorCode.MALFORMED_REQUEST, message);
  }
}
