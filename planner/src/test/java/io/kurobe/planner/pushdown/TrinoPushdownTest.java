package io.kurobe.planner.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.TrinoServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link PushdownContract} of Trino. */
class TrinoPushdownTest extends PushdownContract {
  private String url;

  @Override
  SourceConfig source() throws SQLException {
    url = TrinoServer.url("memory/pushdown");
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA memory.pushdown");
      for (String sql : tables("memory.pushdown", "VARCHAR", "DOUBLE")) {
        statement.execute(sql);
      }
    }
    return SourceConfig.ofUrl("lake", "trino", url, "tester");
  }

  @Test
  void seesNothingThatAUserWrote() throws SQLException {
    String sql = SourceLogTest.STATEMENT.formatted("lake.pushdown.ITEMS");
    assertThat(federation().query(sql))
        .containsExactlyInAnyOrder(List.of(1), List.of(2), List.of(3), List.of(5));
    Object planned = federation().query("EXPLAIN " + sql).get(0).get(2);
    assertThat(String.valueOf(planned)).doesNotContain(SourceLogTest.UNSEEN);
    List<String> seen = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT query FROM system.runtime.queries WHERE query LIKE '%\"items\"%'"
                    + " AND query NOT LIKE '%runtime.queries%'")) {
      while (rows.next()) {
        seen.add(rows.getString(1));
      }
    }
    assertThat(seen).contains(String.valueOf(planned));
    assertThat(seen).noneMatch(query -> SourceLogTest.UNSEEN.stream().anyMatch(query::contains));
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
          DIFFERENCE_IN_HOURS,
          CAST_OF_A_DOUBLE ->
          false;
      default -> true;
    };
  }
}
