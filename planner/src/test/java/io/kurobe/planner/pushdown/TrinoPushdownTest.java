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
      for (String sql :
          others(
              "memory.pushdown",
              List.of(
                  "char(3)", "timestamp(6) with time zone", "varbinary", "uuid", "array(integer)"),
              List.of(
                  "'ab', TIMESTAMP '2024-03-31 00:30:00 UTC', X'00FF',"
                      + " UUID '00000000-0000-0000-0000-0000000000ff', ARRAY[1, 2]",
                  "'b', TIMESTAMP '2023-12-31 18:30:00 America/New_York', X'',"
                      + " UUID 'ffffffff-ffff-ffff-ffff-ffffffffffff', ARRAY[1, NULL]",
                  "'two', TIMESTAMP '1969-12-31 23:59:59.999999 UTC', X'7F80',"
                      + " UUID '80000000-0000-0000-0000-000000000000', ARRAY[]",
                  "'äb', TIMESTAMP '2024-03-31 01:30:00 UTC', X'00',"
                      + " UUID '7fffffff-ffff-ffff-ffff-ffffffffffff', ARRAY[2]"))) {
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
          ARRAY_CONTAINS,
          CHAR_EXTREMES,
          CHAR_LENGTH,
          CHAR_CONCATENATION,
          INSTANT_EXTREMES,
          INSTANT_EXTRACT,
          ARRAY_ORDER ->
          false;
      default -> true;
    };
  }
}
