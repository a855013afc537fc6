package io.kurobe.planner.pushdown;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import java.util.List;

/** {@link PushdownContract} of PostgreSQL, whose database orders text by ICU's en-US. */
class PostgresPushdownTest extends PushdownContract {
  @Override
  SourceConfig source() {
    PostgresServer.Database database =
        PostgresServer.database(
            "pushdown",
            String.join(";\n", tables("public", "TEXT", "DOUBLE PRECISION")),
            String.join(
                ";\n",
                others(
                    "public",
                    List.of("char(3)", "timestamptz", "bytea", "uuid", "int[]"),
                    List.of(
                        "'ab', '2024-03-31 00:30:00+00', '\\x00ff',"
                            + " '00000000-0000-0000-0000-0000000000ff', '{1,2}'",
                        "'b', '2023-12-31 23:30:00+00', '',"
                            + " 'ffffffff-ffff-ffff-ffff-ffffffffffff', '{1,NULL}'",
                        "'two', '1969-12-31 23:59:59.999999+00', '\\x7f80',"
                            + " '80000000-0000-0000-0000-000000000000', '{}'",
                        "'äb', '2024-03-31 01:30:00+00', '\\x00',"
                            + " '7fffffff-ffff-ffff-ffff-ffffffffffff', '{2}'"))));
    return SourceConfig.ofUrl("pg", "postgres", database.url(), database.user());
  }

  @Override
  boolean has(Behaviour behaviour) {
    return switch (behaviour) {
      case UNEQUAL_FULL_JOIN,
          DECIMAL_DIVISION,
          ROUND_OF_DOUBLES,
          UPPER,
          ILIKE,
          CAST_OF_A_DOUBLE,
          CHAR_LIKE,
          CHAR_JOIN,
          CHAR_CAST,
          CHAR_UNION,
          INSTANT_CAST_TO_DATE,
          INSTANT_CAST_TO_TIMESTAMP,
          INSTANT_CAST_TO_TEXT,
          INSTANT_FLOOR,
          INSTANT_DIFFERENCE,
          BYTES_EXTREMES,
          BYTES_LENGTH,
          UUID_EXTREMES,
          UUID_CAST,
          ARRAY_EQUALITY,
          ARRAY_ELEMENT,
          ARRAY_LENGTH,
          ARRAY_CONTAINS ->
          false;
      default -> true;
    };
  }
}
