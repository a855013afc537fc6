package io.kurobe.planner.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The tables queries are asked of, the same in every placement: nulls, ties, empty strings, text
 * that ICU and bytes order differently, padding, extremes, micro-seconds, and a table without rows.
 */
final class Tables {
  /** A table: its columns by name, and its rows as SQL literals. */
  record Table(String name, Map<String, Kind> columns, List<List<String>> rows) {
    String createIn(String schema, boolean padding) {
      List<String> definitions = new ArrayList<>();
      columns.forEach(
          (column, kind) ->
              definitions.add(
                  column + " " + (kind == Kind.CHAR && !padding ? "varchar" : kind.type)));
      String create = "CREATE TABLE " + schema + "." + name + " (" + String.join(", ", definitions);
      if (rows.isEmpty()) {
        return create + ");\n";
      }
      List<String> tuples = rows.stream().map(row -> "(" + String.join(", ", row) + ")").toList();
      return create
          + ");\nINSERT INTO "
          + schema
          + "."
          + name
          + " VALUES\n"
          + String.join(",\n", tuples)
          + ";\n";
    }
  }

  static final List<String> TEXTS =
      List.of(
          "a", "", "A", "b", "B", "ab", "aB", "Ab", "a b", " ", "a ", "ä", "Ä", "z", "Z", "é", "e",
          "f", "ß", "ss", "İ", "i", "ı", "日本", "～", "😀", "a%b", "a_b", "a\\b", "o'clock", "co-op",
          "coop", "10", "9");

  private static final Map<Kind, List<String>> VALUES =
      Map.of(
          Kind.SMALL, List.of("0", "1", "2", "3", "-1", "-2", "5", "7"),
          Kind.INT, List.of("0", "1", "2", "-1", "42", "2147483647", "-2147483648"),
          Kind.BIG, List.of("0", "1", "-7", "9223372036854775807", "-9223372036854775808"),
          Kind.DECIMAL,
              List.of("0", "1.50", "-1.50", "2.25", "0.01", "99999999.99", "-99999999.99", "1.55"),
          Kind.DOUBLE,
              List.of("0", "'-0'", "1.5", "-2.25", "0.125", "1048576", "'NaN'", "'Infinity'", "3"),
          Kind.CHAR, List.of("'a'", "'A'", "'ab'", "'b'", "''", "'a b'", "'abcde'"),
          Kind.DATE,
              List.of(
                  "'2024-02-29'",
                  "'2023-12-31'",
                  "'1970-01-01'",
                  "'1582-10-15'",
                  "'0001-01-01'",
                  "'9999-12-31'",
                  "'1969-12-31'"),
          Kind.TIMESTAMP,
              List.of(
                  "'2024-02-29 10:00:00.123456'",
                  "'2024-02-29 10:00:00.123457'",
                  "'1969-12-31 23:59:59.999999'",
                  "'2023-12-31 00:00:00'",
                  "'1970-01-01 00:00:00'",
                  "'0001-01-01 00:00:00'",
                  "'9999-12-31 23:59:59.999999'"),
          Kind.BOOLEAN, List.of("true", "false"));

  static final List<Table> ALL =
      List.of(
          table(
              "t1",
              24,
              columns(
                  "id",
                  Kind.SMALL,
                  "k",
                  Kind.SMALL,
                  "s",
                  Kind.TEXT,
                  "n",
                  Kind.DECIMAL,
                  "d",
                  Kind.DATE,
                  "i",
                  Kind.INT,
                  "b",
                  Kind.BIG,
                  "x",
                  Kind.DOUBLE,
                  "ts",
                  Kind.TIMESTAMP,
                  "ok",
                  Kind.BOOLEAN,
                  "c",
                  Kind.CHAR)),
          table(
              "t2",
              18,
              columns(
                  "id",
                  Kind.SMALL,
                  "k",
                  Kind.SMALL,
                  "s",
                  Kind.TEXT,
                  "n",
                  Kind.DECIMAL,
                  "d",
                  Kind.DATE,
                  "i",
                  Kind.INT,
                  "ok",
                  Kind.BOOLEAN,
                  "c",
                  Kind.CHAR)),
          table(
              "t3",
              12,
              columns(
                  "id",
                  Kind.SMALL,
                  "k",
                  Kind.SMALL,
                  "s",
                  Kind.TEXT,
                  "b",
                  Kind.BIG,
                  "x",
                  Kind.DOUBLE,
                  "ts",
                  Kind.TIMESTAMP)),
          table(
              "t4",
              0,
              columns(
                  "id",
                  Kind.SMALL,
                  "k",
                  Kind.SMALL,
                  "s",
                  Kind.TEXT,
                  "n",
                  Kind.DECIMAL,
                  "d",
                  Kind.DATE)));

  private Tables() {}

  private static Map<String, Kind> columns(Object... namesAndKinds) {
    Map<String, Kind> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndKinds.length; i += 2) {
      columns.put((String) namesAndKinds[i], (Kind) namesAndKinds[i + 1]);
    }
    return columns;
  }

  private static Table table(String name, int count, Map<String, Kind> columns) {
    Random random = new Random(name.hashCode());
    List<List<String>> rows = new ArrayList<>();
    for (int row = 1; row <= count; row++) {
      List<String> values = new ArrayList<>();
      for (Map.Entry<String, Kind> column : columns.entrySet()) {
        if (column.getKey().equals("id")) {
          values.add(String.valueOf(row));
        } else {
          values.add(random.nextInt(5) == 0 ? "NULL" : value(column.getValue(), random));
        }
      }
      rows.add(values);
    }
    return new Table(name, columns, rows);
  }

  private static String value(Kind kind, Random random) {
    if (kind == Kind.TEXT) {
      return "'" + TEXTS.get(random.nextInt(TEXTS.size())).replace("'", "''") + "'";
    }
    List<String> values = VALUES.get(kind);
    return values.get(random.nextInt(values.size()));
  }
}
