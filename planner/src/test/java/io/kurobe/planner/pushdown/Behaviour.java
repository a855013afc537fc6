package io.kurobe.planner.pushdown;

import java.util.List;

/**
 * A thing a source may be given to do: one statement over the tables of {@link PushdownContract},
 * and its rows, values separated by blanks, which are the same wherever it runs.
 */
enum Behaviour {
  EQUALITY("SELECT id FROM items WHERE name = 'b' OR id IN (3, 4)", "1", "3", "4"),
  TEXT_RANGE("SELECT id FROM items WHERE name >= 'a' AND name < 'c'", "1", "5"),
  TEXT_COMPARISON_OF_COLUMNS(
      "SELECT i.id FROM items i JOIN kinds k ON k.id = i.kind WHERE i.name < k.label",
      "1",
      "2",
      "5"),
  TEXT_ORDER("SELECT id FROM items ORDER BY name", "2", "5", "1", "3", "4"),
  TEXT_ORDER_OF_AN_EXPRESSION(
      "SELECT name || 'x' AS y FROM items WHERE id <> 4 ORDER BY y", "Bx", "ax", "bx", "äx"),
  TEXT_TOP_N("SELECT id FROM items ORDER BY name DESC NULLS LAST LIMIT 2", "3", "1"),
  TEXT_EXTREMES("SELECT MIN(name), MAX(name), MIN(id) FROM items", "B ä 1"),
  ORDER_OF_GROUPED_TEXT("SELECT name FROM items GROUP BY name ORDER BY 1 LIMIT 2", "B", "a"),
  NULL_ORDER("SELECT id FROM items ORDER BY price DESC, id", "4", "5", "2", "1", "3"),
  OFFSET("SELECT id FROM items ORDER BY id OFFSET 1 LIMIT 2", "2", "3"),
  INNER_JOIN(
      "SELECT i.id, k.label FROM items i JOIN kinds k ON k.id = i.kind WHERE i.id < 4",
      "1 one",
      "2 one",
      "3 two"),
  OUTER_JOIN(
      "SELECT k.id, i.id FROM kinds k LEFT JOIN items i ON i.kind = k.id AND i.id > 2",
      "1 null",
      "2 3",
      "2 5",
      "3 null"),
  FULL_JOIN("SELECT COUNT(*) FROM items i FULL JOIN kinds k ON i.kind = k.id", "6"),
  UNEQUAL_FULL_JOIN("SELECT COUNT(*) FROM items i FULL JOIN kinds k ON i.kind < k.id", "8"),
  SEMI_JOIN(
      "SELECT id FROM kinds k WHERE EXISTS (SELECT 1 FROM items i WHERE i.kind = k.id)", "1", "2"),
  ANTI_JOIN(
      "SELECT id FROM kinds k WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.kind = k.id)", "3"),
  CORRELATED_SCALAR(
      "SELECT k.id FROM kinds k WHERE 2 = (SELECT COUNT(*) FROM items i WHERE i.kind = k.id)",
      "1",
      "2"),
  GROUPS(
      "SELECT kind, COUNT(*), SUM(price) FROM items GROUP BY kind HAVING SUM(price) > 5",
      "2 2 7.75"),
  COUNT_DISTINCT("SELECT COUNT(DISTINCT kind) FROM items", "2"),
  AGGREGATE_FILTER("SELECT SUM(price) FILTER (WHERE kind = 1) FROM items", "4.00"),
  ROLLUP(
      "SELECT kind, COUNT(*) FROM items WHERE id < 4 GROUP BY ROLLUP(kind)",
      "1 2",
      "2 1",
      "null 3"),
  CUBE(
      "SELECT COUNT(*) AS n FROM items WHERE id < 4 GROUP BY CUBE(kind, id) ORDER BY n DESC LIMIT 3",
      "3",
      "2",
      "1"),
  RANKS(
      "SELECT id, ROW_NUMBER() OVER (ORDER BY name), RANK() OVER (PARTITION BY kind ORDER BY name)"
          + " FROM items WHERE id < 4",
      "1 2 2",
      "2 1 1",
      "3 3 1"),
  RUNNING_SUM(
      "SELECT id, SUM(kind) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM items"
          + " WHERE id < 4",
      "1 1",
      "2 2",
      "3 3"),
  NEIGHBOURS("SELECT id, LAG(name) OVER (ORDER BY id) FROM items WHERE id < 3", "1 null", "2 b"),
  UNION("SELECT kind FROM items UNION SELECT id FROM kinds", "1", "2", "3", "null"),
  UNION_ALL("SELECT id FROM kinds UNION ALL SELECT id FROM kinds WHERE id = 1", "1", "1", "2", "3"),
  INTERSECT("SELECT kind FROM items INTERSECT SELECT id FROM kinds", "1", "2"),
  INTERSECT_ALL("SELECT kind FROM items INTERSECT ALL SELECT id FROM kinds", "1", "2"),
  EXCEPT("SELECT id FROM kinds EXCEPT SELECT kind FROM items", "3"),
  EXCEPT_ALL("SELECT kind FROM items EXCEPT ALL SELECT id FROM kinds", "1", "2", "null"),
  INTEGER_DIVISION("SELECT (0 - id) / 2, MOD(0 - id, 2) FROM items WHERE id = 3", "-1 -1"),
  DECIMAL_DIVISION("SELECT id FROM items WHERE price / 3 > 3.3", "5"),
  ROUND_OF_DECIMALS(
      "SELECT ROUND(price, 1), CEIL(price), SIGN(price) FROM items WHERE id = 3", "-2.30 -2 -1.00"),
  ROUND_OF_DOUBLES("SELECT ROUND(amount) FROM items WHERE id = 2", "3.0"),
  UPPER("SELECT UPPER(name) FROM items WHERE id = 1", "B"),
  ILIKE("SELECT id FROM items WHERE name ILIKE 'b'", "1", "2"),
  LIKE("SELECT id FROM items WHERE name LIKE 'b%'", "1"),
  SUBSTRING("SELECT SUBSTRING(label FROM 2 FOR 2) FROM kinds WHERE id = 3", "hr"),
  LENGTH("SELECT CHAR_LENGTH(label) FROM kinds WHERE id = 3", "5"),
  POSITION("SELECT POSITION('r' IN label), TRIM(label) FROM kinds WHERE id = 3", "3 three"),
  ENDS("SELECT LEFT(label, 2), RIGHT(label, 2) FROM kinds WHERE id = 3", "th ee"),
  REPLACE("SELECT REPLACE(label, 'e', '-') FROM kinds WHERE id = 3", "thr--"),
  EXTRACT(
      "SELECT EXTRACT(YEAR FROM made), EXTRACT(MONTH FROM seen) FROM items WHERE id = 1", "2024 2"),
  FLOOR_TO_MONTH(
      "SELECT id FROM items WHERE FLOOR(seen TO MONTH) = TIMESTAMP '2024-02-01 00:00:00'", "1"),
  ADDED_INTERVALS("SELECT id FROM items WHERE made + INTERVAL '1' MONTH = DATE '2024-03-29'", "1"),
  DIFFERENCE_IN_HOURS("SELECT TIMESTAMPDIFF(HOUR, made, seen) FROM items WHERE id = 1", "10"),
  CHOICES(
      "SELECT COALESCE(kind, 0), NULLIF(id, 4), CASE WHEN id > 3 THEN 'x' END FROM items WHERE id = 4",
      "0 null x"),
  GREATEST_OF_NULLS("SELECT GREATEST(id, kind), LEAST(name, 'c') FROM items WHERE id = 4", "4 c"),
  CAST_OF_A_DATE(
      "SELECT id FROM items WHERE CAST(made AS TIMESTAMP) > TIMESTAMP '2024-01-01 00:00:00'", "1"),
  CAST_OF_A_DOUBLE("SELECT CAST(amount AS INTEGER) FROM items WHERE id = 2", "2");

  private final String sql;
  private final List<String> rows;

  Behaviour(String sql, String... rows) {
    this.sql = sql;
    this.rows = List.of(rows);
  }

  String sql() {
    return sql;
  }

  List<String> rows() {
    return rows;
  }

  boolean isOrdered() {
    return sql.contains("ORDER BY") && !sql.contains("OVER");
  }
}
