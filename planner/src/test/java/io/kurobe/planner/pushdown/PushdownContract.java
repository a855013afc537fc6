package io.kurobe.planner.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every source promises of what it is given to run: a behaviour it {@linkplain #has has} runs
 * there as one query, one it has not stays in the engine with a reason that names it; and the rows
 * are right both ways, and once more with push-down off.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PushdownContract {
  /** The tables, in words all sources share but for their types and names. */
  static List<String> tables(String schema, String text, String doubles) {
    return List.of(
        "CREATE TABLE " + schema + ".kinds (id INTEGER, label " + text + ")",
        "INSERT INTO " + schema + ".kinds VALUES (1, 'one'), (2, 'two'), (3, 'three')",
        "CREATE TABLE "
            + schema
            + ".items (id INTEGER, name "
            + text
            + ", kind INTEGER,"
            + " price DECIMAL(10, 2), amount "
            + doubles
            + ", made DATE, seen TIMESTAMP(6))",
        "INSERT INTO "
            + schema
            + ".items VALUES (1, 'b', 1, 1.50, 1.5, DATE '2024-02-29', TIMESTAMP '2024-02-29"
            + " 10:00:00.123456'), (2, 'B', 1, 2.50, 2.5, DATE '2023-12-31', TIMESTAMP '2023-12-31"
            + " 00:00:00'), (3, 'ä', 2, -2.25, -2.25, DATE '1969-12-31', TIMESTAMP '1969-12-31"
            + " 23:59:59.999999'), (4, NULL, NULL, NULL, NULL, NULL, NULL), (5, 'a', 2, 10.00, 3,"
            + " DATE '2000-01-01', TIMESTAMP '2000-01-01 00:00:00')");
  }

  /**
   * The table of what not all sources write alike.
   *
   * @param types of CHAR(3), an instant, bytes, a UUID and integers in an array, as the source has
   *     them
   * @param rows the rows with ids 1, 2, 3 and 5: values of these types
   */
  static List<String> others(String schema, List<String> types, List<String> rows) {
    List<String> names = List.of("code", "moment", "raw", "uid", "list");
    String columns =
        IntStream.range(0, names.size())
            .mapToObj(column -> names.get(column) + " " + types.get(column))
            .collect(Collectors.joining(", "));
    String values =
        IntStream.range(0, rows.size())
            .mapToObj(row -> "(" + List.of(1, 2, 3, 5).get(row) + ", " + rows.get(row) + ")")
            .collect(Collectors.joining(", "));
    return List.of(
        "CREATE TABLE " + schema + ".others (id INTEGER, " + columns + ")",
        "INSERT INTO " + schema + ".others VALUES " + values,
        "INSERT INTO " + schema + ".others (id) VALUES (4)");
  }

  private Federation federation;
  private Session session;

  /** What the source is asked with. */
  Federation federation() {
    return federation;
  }

  /** The source with the {@link #tables tables}, in its default schema. */
  abstract SourceConfig source() throws Exception;

  /** Whether the source runs a behaviour itself. */
  abstract boolean has(Behaviour behaviour);

  @BeforeAll
  void openSource() throws Exception {
    SourceConfig source = source();
    federation = Federation.of(List.of(source));
    session =
        federation
            .session()
            .withSearchPath(List.of(SearchPathEntry.parse(source.name())))
            .withZone(ZoneId.of("Europe/Vienna"));
  }

  @AfterAll
  void closeSource() {
    if (federation != null) {
      federation.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Behaviour.class)
  void runsWhereItMeansTheSameAndGivesTheSame(Behaviour behaviour) {
    assertRows(session, behaviour);
    List<List<@Nullable Object>> plan = federation.query(session, "EXPLAIN " + behaviour.sql());
    String source = session.searchPath().get(0).toString();
    if (has(behaviour)) {
      assertThat(plan).as("plan of one query at %s", source).hasSize(1);
      assertThat(plan.get(0).get(1)).isEqualTo(source);
      assertThat(plan.get(0).get(6)).isNull();
    } else {
      List<@Nullable Object> result = plan.get(plan.size() - 1);
      assertThat(result.get(1)).as("where %s runs", plan).isEqualTo("duckdb engine");
      assertThat(result.get(6)).asString().contains("not at " + source + ": ");
    }
    assertRows(session.withSetting("pushdown", "off"), behaviour);
  }

  private void assertRows(Session asking, Behaviour behaviour) {
    List<String> rows =
        federation.query(asking, behaviour.sql()).stream()
            .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
            .toList();
    if (behaviour.isOrdered()) {
      assertThat(rows).containsExactlyElementsOf(behaviour.rows());
    } else {
      assertThat(rows).containsExactlyInAnyOrderElementsOf(behaviour.rows());
    }
  }
}
