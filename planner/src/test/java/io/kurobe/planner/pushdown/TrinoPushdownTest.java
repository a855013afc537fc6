package io.kurobe.planner.pushdown;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.TrinoServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** {@link PushdownContract} of Trino. */
class TrinoPushdownTest extends PushdownContract {
  @Override
  SourceConfig source() throws SQLException {
    String url = TrinoServer.url("memory/pushdown");
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA memory.pushdown");
      for (String sql : tables("memory.pushdown", "VARCHAR", "DOUBLE")) {
        statement.execute(sql);
      }
    }
    return SourceConfig.ofUrl("lake", "trino", url, "tester");
  }

  @Override
  boolean has(Behaviour behaviour) {
    return switch (behaviour) {
      case UNEQUAL_FULL_JOIN,
          NEIGHBOURS,
          INTEGER_DIVISION,
          DECIMAL_DIVISION,
          ROUND_OF_DECIMALS,
          ROUND_OF_DOUBLES,
          UPPER,
          ILIKE,
          SUBSTRING,
          LENGTH,
          ENDS,
          REPLACE,
          EXTRACT,
          DIFFERENCE_IN_HOURS,
          GREATEST_OF_NULLS,
          CAST_OF_A_DOUBLE ->
          false;
      default -> true;
    };
  }
}
