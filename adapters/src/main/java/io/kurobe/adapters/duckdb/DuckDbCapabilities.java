package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What DuckDB does with our meaning, which as the engine it must do with everything; text is
 * ordered by its bytes. The wall clock is left out: its functions must agree across sources.
 */
final class DuckDbCapabilities {
  static final Capabilities CAPABILITIES =
      new Capabilities(EnumSet.allOf(Operation.class), functions(), Optional.of(""));

  private DuckDbCapabilities() {}

  private static Set<String> functions() {
    String names =
        """
        = <> < <= > >= AND OR NOT + - * / // /INT % || ~ CASE CAST SEARCH ROW ITEM
        MOD ABS SIGN POWER SQRT CBRT EXP LN LOG LOG10 CEIL CEILING FLOOR ROUND TRUNCATE PI
        SIN COS TAN COT ASIN ACOS ATAN ATAN2 DEGREES RADIANS
        BETWEEN IN LIKE ILIKE COALESCE NULLIF GREATEST LEAST
        UPPER LOWER CHAR_LENGTH CHARACTER_LENGTH LENGTH OCTET_LENGTH POSITION SUBSTRING SUBSTR
        TRIM LTRIM RTRIM OVERLAY REPLACE LEFT RIGHT REVERSE LPAD RPAD REPEAT ASCII CHR
        SPLIT_PART TRANSLATE CONCAT STRPOS MD5
        EXTRACT YEAR QUARTER MONTH WEEK DAYOFMONTH DAYOFYEAR HOUR MINUTE SECOND
        DATETIME_PLUS MINUS_DATE TIMESTAMPADD TIMESTAMPDIFF REINTERPRET
        COUNT SUM $SUM0 MIN MAX AVG SINGLE_VALUE ANY_VALUE GROUPING LISTAGG
        STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP COVAR_POP COVAR_SAMP CORR
        PERCENTILE_CONT PERCENTILE_DISC EVERY SOME BIT_AND BIT_OR BIT_XOR
        ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD FIRST_VALUE LAST_VALUE
        NTH_VALUE ARRAY MAP CARDINALITY
        """;
    var functions = new HashSet<>(List.of(names.strip().split("\\s+")));
    functions.addAll(
        Set.of(
            "IS NULL",
            "IS NOT NULL",
            "IS TRUE",
            "IS NOT TRUE",
            "IS FALSE",
            "IS NOT FALSE",
            "IS DISTINCT FROM",
            "IS NOT DISTINCT FROM",
            "NOT IN",
            "NOT LIKE",
            "NOT ILIKE"));
    return functions;
  }
}
