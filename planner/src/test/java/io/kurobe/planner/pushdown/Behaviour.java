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
      "SELECT COUNT(*) AS n FROM items WHERE id < 4 GROUP BY CUBE(kind, id) ORDER BY n DESC LIMIT"
          + " 3",
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
      "SELECT COALESCE(kind, 0), NULLIF(id, 4), CASE WHEN id > 3 THEN 'x' END FROM items WHERE id ="
          + " 4",
      "0 null x"),
  GREATEST_OF_NULLS("SELECT GREATEST(id, kind), LEAST(name, 'c') FROM items WHERE id = 4", "4 c"),
  CAST_OF_A_DATE(
      "SELECT id FROM items WHERE CAST(made AS TIMESTAMP) > TIMESTAMP '2024-01-01 00:00:00'", "1"),
  CAST_OF_A_DOUBLE("SELECT CAST(amount AS INTEGER) FROM items WHERE id = 2", "2"),
  BRANCH_WITHOUT_ROWS(
      "SELECT id FROM kinds UNION ALL SELECT id FROM items WHERE 1 = 0", "1", "2", "3"),
  OUTER_JOIN_WITH_NO_ROWS(
      "SELECT k.id, i.id FROM kinds k LEFT JOIN (SELECT * FROM items LIMIT 0) i ON i.kind = k.id",
      "1 null",
      "2 null",
      "3 null"),
  CHAR_EQUALITY("SELECT id FROM others WHERE code = 'ab' OR code IN ('b', 'x')", "1", "2"),
  CHAR_BLANKS("SELECT id FROM others WHERE CAST(code AS CHAR(3)) = 'ab     '", "1"),
  CHAR_RANGE("SELECT id FROM others WHERE code > 'ab' AND code <= 'two'", "2", "3"),
  CHAR_ORDER("SELECT id FROM others ORDER BY code DESC NULLS LAST", "5", "3", "2", "1", "4"),
  CHAR_EXTREMES("SELECT MIN(code) || '!', MAX(code) || '!' FROM others", "ab! äb!"),
  CHAR_GROUPS("SELECT COUNT(DISTINCT code), COUNT(code) FROM others", "4 4"),
  CHAR_JOIN("SELECT k.id FROM kinds k JOIN others o ON o.code = k.label", "2"),
  CHAR_LENGTH("SELECT CHAR_LENGTH(code) FROM others WHERE id IN (1, 5)", "2", "2"),
  CHAR_CONCATENATION("SELECT code || '!' FROM others WHERE id = 2", "b!"),
  CHAR_LIKE("SELECT id FROM others WHERE code LIKE '_b'", "1", "5"),
  CHAR_CAST("SELECT CAST(code AS VARCHAR) || '!' FROM others WHERE id = 1", "ab!"),
  CHAR_UNION(
      "SELECT code || '.' FROM (SELECT code FROM others UNION SELECT label FROM kinds) t"
          + " WHERE code LIKE 't%'",
      "two.", "three."),
  INSTANT_EQUALITY(
      "SELECT id FROM others WHERE moment = CAST('2024-03-31 01:30:00+01:00' AS TIMESTAMP WITH TIME"
          + " ZONE)",
      "1"),
  INSTANT_RANGE(
      "SELECT id FROM others WHERE moment < CAST('1970-01-01 00:00:00+00:00' AS TIMESTAMP WITH TIME"
          + " ZONE) OR moment >= CAST('2024-03-31 03:30:00+02:00' AS TIMESTAMP WITH TIME ZONE)",
      "3",
      "5"),
  INSTANT_OF_THE_SESSION(
      "SELECT id FROM others WHERE moment = TIMESTAMP '2024-03-31 03:30:00'", "5"),
  INSTANT_ORDER("SELECT id FROM others ORDER BY moment DESC", "4", "5", "1", "2", "3"),
  INSTANT_EXTREMES(
      "SELECT EXTRACT(YEAR FROM MIN(moment)), EXTRACT(MONTH FROM MAX(moment)) FROM others",
      "1970 3"),
  INSTANT_COLUMN("SELECT moment FROM others WHERE id = 3", "-1"),
  INSTANT_EXTRACT(
      "SELECT EXTRACT(YEAR FROM moment), EXTRACT(HOUR FROM moment) FROM others WHERE id = 2",
      "2024 0"),
  INSTANT_CAST_TO_DATE("SELECT id FROM others WHERE CAST(moment AS DATE) = DATE '2024-01-01'", "2"),
  INSTANT_CAST_TO_TIMESTAMP(
      "SELECT id FROM others WHERE CAST(moment AS TIMESTAMP) = TIMESTAMP '2024-01-01 00:30:00'",
      "2"),
  INSTANT_CAST_TO_TEXT(
      "SELECT CAST(moment AS VARCHAR) FROM others WHERE id = 1", "2024-03-31 01:30:00+01"),
  INSTANT_FLOOR(
      "SELECT id FROM others WHERE FLOOR(moment TO DAY) = TIMESTAMP '2024-03-31 00:00:00'",
      "1",
      "5"),
  INSTANT_PLUS_HOURS(
      "SELECT id FROM others WHERE moment + INTERVAL '1' HOUR = TIMESTAMP '2024-03-31 03:30:00'",
      "1"),
  INSTANT_PLUS_MONTHS(
      "SELECT id FROM others WHERE moment - INTERVAL '3' MONTH = TIMESTAMP '2023-12-31 01:30:00'",
      "1"),
  INSTANT_DIFFERENCE(
      "SELECT TIMESTAMPDIFF(MINUTE, o.moment, p.moment) FROM others o JOIN others p ON o.id = 1 AND"
          + " p.id = 5",
      "60"),
  INSTANT_GROUPS("SELECT COUNT(DISTINCT moment) FROM others", "4"),
  BYTES_EQUALITY("SELECT id FROM others WHERE raw = X'00FF' OR raw IN (X'', X'01')", "1", "2"),
  BYTES_RANGE("SELECT id FROM others WHERE raw > X'00' AND raw < X'80'", "1", "3"),
  BYTES_ORDER("SELECT id FROM others ORDER BY raw", "2", "5", "1", "3", "4"),
  BYTES_EXTREMES("SELECT MAX(raw) = X'7F80', MIN(raw) = X'' FROM others", "true true"),
  BYTES_LENGTH("SELECT OCTET_LENGTH(raw) FROM others WHERE id = 1", "2"),
  BYTES_CONCATENATION("SELECT id FROM others WHERE raw || X'01' = X'0001'", "5"),
  BYTES_GROUPS("SELECT COUNT(DISTINCT raw) FROM others", "4"),
  UUID_EQUALITY(
      "SELECT id FROM others WHERE uid = UUID '00000000-0000-0000-0000-0000000000FF'", "1"),
  UUID_OF_TEXT("SELECT id FROM others WHERE uid = '00000000-0000-0000-0000-0000000000FF'", "1"),
  UUID_RANGE(
      "SELECT id FROM others WHERE uid >= UUID '7fffffff-ffff-ffff-ffff-ffffffffffff'",
      "2",
      "3",
      "5"),
  UUID_ORDER("SELECT id FROM others ORDER BY uid", "1", "5", "3", "2", "4"),
  UUID_EXTREMES(
      "SELECT CAST(MAX(uid) AS VARCHAR) FROM others", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
  UUID_CAST(
      "SELECT CAST(uid AS VARCHAR) FROM others WHERE id = 1",
      "00000000-0000-0000-0000-0000000000ff"),
  UUID_GROUPS("SELECT COUNT(DISTINCT uid) FROM others", "4"),
  ARRAY_COLUMN("SELECT list FROM others WHERE id = 2", "[1,null]"),
  ARRAY_EQUALITY("SELECT id FROM others WHERE list = ARRAY[1, 2]", "1"),
  ARRAY_ELEMENT("SELECT list[1] FROM others WHERE id < 4", "1", "1", "null"),
  ARRAY_LENGTH("SELECT CARDINALITY(list) FROM others WHERE id < 4", "2", "2", "0"),
  ARRAY_CONTAINS("SELECT id FROM others WHERE 2 = ANY(list)", "1", "5"),
  ARRAY_ORDER("SELECT id FROM others WHERE id <> 4 ORDER BY list", "3", "1", "2", "5"),
  ARRAY_GROUPS("SELECT list, COUNT(*) FROM others WHERE id = 1 GROUP BY list", "[1,2] 1"),
  ARRAY_DISTINCT("SELECT COUNT(DISTINCT list) FROM others", "4");

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
