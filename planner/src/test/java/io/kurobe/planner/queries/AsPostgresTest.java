package io.kurobe.planner.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.queries.QueryFile.Query;
import io.kurobe.planner.testing.Placements.Placement;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query of the files gives, in every placement, what PostgreSQL gives to the same text, or to
 * the text in the comment before it where PostgreSQL lacks the form. The placements of Trino take
 * turns.
 */
class AsPostgresTest {
  private static final List<String> FILES =
      List.of(
          "arrays",
          "cases",
          "casts",
          "common",
          "correlated",
          "documents",
          "groups",
          "joins",
          "lateral",
          "mixed",
          "numbers",
          "postgres",
          "predicates",
          "sets",
          "subqueries",
          "texts",
          "times",
          "values",
          "windows");

  private static final List<Placement> OF_TRINO =
      List.of(Placement.TRINO, Placement.TRINO_SPLIT, Placement.TRINO_NOT_PUSHED);

  /** Averages and quotients have other scales here; below the fifth digit all agree. */
  private static final int DIGITS = 5;

  /** What a statement says, and the operation whose staying is to be told. */
  private static final Map<Pattern, String> STAYING =
      Map.of(
          Pattern.compile("\\bJOIN\\b"), "join|correlate",
          Pattern.compile("(?<!FILTER \\()\\bWHERE (?!EXISTS|NOT EXISTS)"),
              "filter|semi join|anti join",
          Pattern.compile("\\bEXISTS \\("), "semi join|anti join",
          Pattern.compile("\\bGROUP BY\\b"), "aggregate",
          Pattern.compile("\\bLIMIT\\b"), "sort",
          Pattern.compile("\\bOVER \\("), "project",
          Pattern.compile("\\bUNION (ALL )?SELECT [^0-9']"), "union",
          Pattern.compile("\\bINTERSECT\\b"), "intersect",
          Pattern.compile("\\bEXCEPT\\b"), "minus");

  @TempDir static Path directory;

  private static QueryTables tables;
  private static int turn;

  static Stream<Query> queries() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (String file : FILES) {
      queries.addAll(QueryFile.read(file));
    }
    return queries.stream();
  }

  @BeforeAll
  static void createTables() throws SQLException {
    tables = QueryTables.of("as_postgres", directory);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void answersAsPostgresAlone(Query query) throws SQLException {
    boolean ordered = query.sql().toUpperCase(Locale.ROOT).matches("(?s).*ORDER BY[^)]*");
    List<String> expected =
        texts(tables.alone(query.remark().isEmpty() ? query.sql() : query.remark()), ordered);
    Placement ofTrino = OF_TRINO.get(turn++ % OF_TRINO.size());
    for (Placement placement : Placement.values()) {
      if (placement == ofTrino || !OF_TRINO.contains(placement)) {
        assertThat(texts(tables.placements().query(placement, query.sql()), ordered))
            .as(placement.name())
            .isEqualTo(expected);
      }
    }
  }

  /** In one PostgreSQL, all that the engine runs over what was moved is what stayed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void whateverStaysHasAReason(Query query) {
    List<List<@Nullable Object>> plan =
        tables.placements().query(Placement.POSTGRES, "EXPLAIN " + query.sql());
    List<@Nullable Object> result = plan.get(plan.size() - 1);
    if (plan.size() == 1) {
      return;
    }
    String statement = String.valueOf(result.get(2));
    String reasons = String.valueOf(result.get(6));
    STAYING.forEach(
        (clause, operation) -> {
          if (clause.matcher(statement).find()) {
            assertThat(reasons).as(statement).containsPattern(operation);
          }
        });
  }

  private static List<String> texts(List<List<@Nullable Object>> rows, boolean ordered) {
    Stream<String> texts = rows.stream().map(AsPostgresTest::text);
    return (ordered ? texts : texts.sorted()).toList();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> values) {
      return values.stream().map(AsPostgresTest::text).toList().toString();
    }
    if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
      BigDecimal rounded = new BigDecimal(value.toString()).setScale(DIGITS, RoundingMode.HALF_UP);
      return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }
}
