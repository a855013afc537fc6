package io.kurobe.adapters.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link TrinoContract} of a server that spools results to an object store. */
class TrinoSpooledTest extends TrinoContract {
  private static final String SCHEMA = "spooled";

  @BeforeAll
  static void fill() throws SQLException {
    fill(SCHEMA);
  }

  @Override
  String url() {
    return TrinoServer.spooledUrl("memory/" + SCHEMA);
  }

  @Test
  void readsRowsMapsAndArraysFromTheStore() {
    int fetched = TrinoServer.fetchedSegments();
    String sql =
        "SELECT n, ARRAY[n, NULL], MAP(ARRAY['n', 'none'], ARRAY[n, NULL]),"
            + " CAST(ROW(n, ARRAY['a', NULL]) AS ROW(x BIGINT, y ARRAY(VARCHAR))),"
            + " CAST(NULL AS ARRAY(BIGINT)) FROM ("
            + numbers(20_000)
            + ")";
    List<Field> columns =
        List.of(
            new Field("n", SqlType.BIGINT, true),
            new Field("a", SqlType.array(SqlType.BIGINT), true),
            new Field("m", SqlType.map(SqlType.VARCHAR, SqlType.BIGINT), true),
            new Field(
                "r",
                SqlType.row(
                    List.of(
                        new Field("x", SqlType.BIGINT, true),
                        new Field("y", SqlType.array(SqlType.VARCHAR), true))),
                true),
            new Field("none", SqlType.array(SqlType.BIGINT), true));
    assertThat(read(sql, columns))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, 20_000).mapToObj(TrinoSpooledTest::values).toList());
    assertThat(TrinoServer.fetchedSegments()).isGreaterThan(fetched);
  }

  private static List<@Nullable Object> values(long n) {
    Map<String, @Nullable Long> map = new HashMap<>();
    map.put("n", n);
    map.put("none", null);
    return row(n, Arrays.asList(n, null), map, Arrays.asList(n, Arrays.asList("a", null)), null);
  }
}
