package io.kurobe.planner.pushdown;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;

/** {@link PushdownContract} of PostgreSQL, whose database orders text by ICU's en-US. */
class PostgresPushdownTest extends PushdownContract {
  @Override
  SourceConfig source() {
    PostgresServer.Database database =
        PostgresServer.database(
            "pushdown", String.join(";\n", tables("public", "TEXT", "DOUBLE PRECISION")));
    return SourceConfig.ofUrl("pg", "postgres", database.url(), database.user());
  }

  @Override
  boolean has(Behaviour behaviour) {
    return switch (behaviour) {
      case UNEQUAL_FULL_JOIN, DECIMAL_DIVISION, ROUND_OF_DOUBLES, UPPER, ILIKE, CAST_OF_A_DOUBLE ->
          false;
      default -> true;
    };
  }
}
