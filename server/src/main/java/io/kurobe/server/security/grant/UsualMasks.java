package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.parser.SecurityStatement.Masked.Usual;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The usual kinds of masks as expressions, in functions that mean the same at every source and in
 * the engine. FULL tells not even whether there is a value; of the others NULL stays NULL.
 */
final class UsualMasks {
  /** So that of a short text PARTIAL shows no more than half. */
  private static final int LEAST_FOR_PARTIAL = 8;

  private static final int SHOWN = 4;

  /** Of a digest in hexadecimal that is cut to the column: 64 bits are left. */
  private static final int LEAST_FOR_DIGEST = 16;

  private static final int DIGEST = 64;

  private UsualMasks() {}

  /**
   * The expression that is seen instead of a column.
   *
   * @param salt what a digest begins with
   * @throws KurobeException TYPE_MISMATCH if the kind does not fit the type; the hint says what
   *     does
   */
  static String expression(Usual usual, String column, SqlType type, String salt) {
    return find(usual, column, type, salt)
        .orElseThrow(
            () ->
                new KurobeException(
                        ErrorCode.TYPE_MISMATCH,
                        "column " + column + " of type " + type + " has no mask " + usual)
                    .withHint("what fits is " + fitting(column, type) + ", or an expression"));
  }

  private static String fitting(String column, SqlType type) {
    return Arrays.stream(Usual.values())
        .filter(usual -> find(usual, column, type, "").isPresent())
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> find(Usual usual, String column, SqlType type, String salt) {
    String name = '"' + column.replace("\"", "\"\"") + '"';
    return switch (usual) {
      case NULL -> Optional.of("NULL");
      case FULL -> full(type);
      case PARTIAL -> partial(name, type);
      case HASH -> digest(name, type, salt);
      case YEAR -> year(name, type);
    };
  }

  private static Optional<String> full(SqlType type) {
    return switch (type.kind()) {
      case CHAR -> Optional.of(stars(type.precision()));
      case VARCHAR -> Optional.of(stars(type.precision() > 0 ? type.precision() : SHOWN));
      case BOOLEAN -> Optional.of("FALSE");
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> Optional.of("0");
      case DATE -> Optional.of("DATE '1970-01-01'");
      case TIME -> Optional.of("TIME '00:00:00'");
      case TIMESTAMP -> Optional.of("TIMESTAMP '1970-01-01 00:00:00'");
      case TIMESTAMP_TZ,
          VARBINARY,
          UUID,
          JSON,
          NULL,
          INTERVAL_YEAR_MONTH,
          INTERVAL_DAY_TIME,
          ARRAY,
          MAP,
          ROW ->
          Optional.empty();
    };
  }

  private static String stars(int most) {
    return "'" + "*".repeat(Math.max(1, Math.min(SHOWN, most))) + "'";
  }

  private static Optional<String> partial(String name, SqlType type) {
    boolean fits =
        type.kind() == SqlType.Kind.VARCHAR
            && (type.precision() == 0 || type.precision() >= LEAST_FOR_PARTIAL);
    return fits
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "CASE WHEN %1$s IS NULL THEN NULL WHEN CHAR_LENGTH(%1$s) >= %2$d"
                    + " THEN '%3$s' || RIGHT(%1$s, %4$d) ELSE '%3$s' END",
                name,
                LEAST_FOR_PARTIAL,
                "*".repeat(SHOWN),
                SHOWN))
        : Optional.empty();
  }

  private static Optional<String> digest(String name, SqlType type, String salt) {
    boolean fits =
        type.kind() == SqlType.Kind.VARCHAR
            && (type.precision() == 0 || type.precision() >= LEAST_FOR_DIGEST);
    if (!fits) {
      return Optional.empty();
    }
    String digest = "SHA256('" + salt + "' || " + name + ")";
    return Optional.of(
        type.precision() == 0 || type.precision() >= DIGEST
            ? digest
            : "LEFT(" + digest + ", " + type.precision() + ")");
  }

  private static Optional<String> year(String name, SqlType type) {
    return switch (type.kind()) {
      case DATE, TIMESTAMP -> Optional.of("FLOOR(" + name + " TO YEAR)");
      case NULL,
          BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          REAL,
          DOUBLE,
          DECIMAL,
          CHAR,
          VARCHAR,
          VARBINARY,
          TIME,
          TIMESTAMP_TZ,
          INTERVAL_YEAR_MONTH,
          INTERVAL_DAY_TIME,
          UUID,
          JSON,
          ARRAY,
          MAP,
          ROW ->
          Optional.empty();
    };
  }
}
