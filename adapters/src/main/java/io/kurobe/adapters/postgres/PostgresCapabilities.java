package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What PostgreSQL does with our meaning (docs/semantics.md).
 *
 * <p>Left out on purpose: ROUND, whose double form rounds half to even; UPPER, LOWER and ILIKE,
 * which follow the database's locale (Turkish i); functions of the wall clock, which must agree
 * across sources; STDDEV and VARIANCE, whose digits differ; GREATEST and LEAST, which skip NULLs
 * there; windows, whose ORDER BY of text has no place for a collation in Calcite's tree; regular
 * expressions; anything volatile.
 */
final class PostgresCapabilities {
  static final Capabilities CAPABILITIES =
      new Capabilities(
          EnumSet.complementOf(EnumSet.of(Operation.WINDOW)),
          Set.of(
              "=",
              "<>",
              "<",
              "<=",
              ">",
              ">=",
              "AND",
              "OR",
              "NOT",
              "IS NULL",
              "IS NOT NULL",
              "IS TRUE",
              "IS NOT TRUE",
              "IS FALSE",
              "IS NOT FALSE",
              "IS DISTINCT FROM",
              "IS NOT DISTINCT FROM",
              "BETWEEN",
              "IN",
              "NOT IN",
              "SEARCH",
              "LIKE",
              "NOT LIKE",
              "CASE",
              "COALESCE",
              "NULLIF",
              "CAST",
              "+",
              "-",
              "*",
              "/",
              "MOD",
              "%",
              "ABS",
              "||",
              "CHAR_LENGTH",
              "CHARACTER_LENGTH",
              "SUBSTRING",
              "POSITION",
              "TRIM",
              "FLOOR",
              "EXTRACT",
              "COUNT",
              "SUM",
              "$SUM0",
              "MIN",
              "MAX",
              "AVG",
              "ROW"),
          Optional.of("\"C\""));

  private PostgresCapabilities() {}
}
