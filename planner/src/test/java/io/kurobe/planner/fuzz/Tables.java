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
    /**
     * Makes and fills the table.
     *
     * @param padding whether text can be padded: otherwise it is DuckDB, which writes bytes in
     *     another way
     */
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
      List<String> tuples = rows.stream().map(row -> "(" + written(row, padding) + ")").toList();
      return create
          + ");\nINSERT INTO "
          + schema
          + "."
          + name
          + " VALUES\n"
          + String.join(",\n", tuples)
          + ";\n";
    }

    private static String written(List<String> row, boolean padding) {
      String values = String.join(", ", row);
      return padding ? values.replaceAll("unhex\\((.*?)\\)", "decode($1, 'hex')") : values;
    }
  }

  static final List<String> UUIDS =
      List.of(
          "00000000-0000-0000-0000-000000000000",
          "7fffffff-ffff-ffff-ffff-ffffffffffff",
          "80000000-0000-0000-0000-000000000001",
          "ffffffff-ffff-ffff-ffff-ffffffffffff");

  static final List<String> TEXTS =
      List.of(
          "a", "", "A", "b", "B", "ab", "aB", "Ab", "a b", " ", "a ", "ä", "Ä", "z", "Z", "é", "e",
          "f", "ß", "ss", "İ", "i", "ı", "日本", "～", "😀", "a%b", "a_b", "a\\b", "o'clock", "co-op",
          "coop", "10", "9");

  private static final Map<Kind, List<String>> VALUES =
      Map.ofEntries(
          entry(Kind.SMALL, "0", "1", "2", "3", "-1", "-2", "5", "7"),
          entry(Kind.INT, "0", "1", "2", "-1", "42", "2147483647", "-2147483648"),
          entry(Kind.BIG, "0", "1", "-7", "9223372036854775807", "-9223372036854775808"),
          entry(
              Kind.DECIMAL,
              "0",
              "1.50",
              "-1.50",
              "2.25",
              "0.01",
              "99999999.99",
              "-99999999.99",
              "1.55"),
          entry(
              Kind.DOUBLE,
              "0",
              "'-0'",
              "1.5",
              "-2.25",
              "0.125",
              "1048576",
              "'NaN'",
              "'Infinity'",
              "3"),
          entry(Kind.CHAR, "'a'", "'A'", "'ab'", "'b'", "''", "'a b'", "'abcde'"),
          entry(
              Kind.DATE,
              "'2024-02-29'",
              "'2023-12-31'",
              "'1970-01-01'",
              "'1582-10-15'",
              "'0001-01-01'",
              "'9999-12-31'",
              "'1969-12-31'"),
          entry(
              Kind.TIMESTAMP,
              "'2024-02-29 10:00:00.123456'",
              "'2024-02-29 10:00:00.123457'",
              "'1969-12-31 23:59:59.999999'",
              "'2023-12-31 00:00:00'",
              "'1970-01-01 00:00:00'",
              "'0001-01-01 00:00:00'",
              "'9999-12-31 23:59:59.999999'"),
          entry(Kind.BOOLEAN, "true", "false"),
          entry(Kind.TIME, "'00:00:00'", "'10:00:00.123456'", "'23:59:59.999999'", "'12:30:00'"),
          // The first and the last hour of summer in New York, and what is beyond.
          entry(
              Kind.INSTANT,
              "'2024-03-10 06:59:59.999999+00'",
              "'2024-03-10 07:00:00+00'",
              "'2024-11-03 05:30:00.123456+00'",
              "'2024-11-03 06:30:00.123456+00'",
              "'1970-01-01 00:00:00+00'",
              "'1969-12-31 23:59:59.999999+00'"),
          entry(Kind.REAL, "0", "'-0'", "1.5", "-2.25", "0.125", "'NaN'", "'-Infinity'", "3"),
          entry(
              Kind.WIDE,
              "0",
              "0.0000000001",
              "-0.0000000001",
              "12345678901234567890.0123456789",
              "-99999999999999999999.9999999999",
              "1.5"),
          Map.entry(Kind.UUID, UUIDS.stream().map(uuid -> "'" + uuid + "'").toList()),
          entry(Kind.BINARY, "unhex('00')", "unhex('61')", "unhex('6161')", "unhex('FF00')"));

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
                  Kind.CHAR,
                  "tm",
                  Kind.TIME,
                  "tz",
                  Kind.INSTANT,
                  "r",
                  Kind.REAL,
                  "w",
                  Kind.WIDE,
                  "u",
                  Kind.UUID,
                  "y",
                  Kind.BINARY)),
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
                  Kind.CHAR,
                  "tz",
                  Kind.INSTANT,
                  "w",
                  Kind.WIDE,
                  "u",
                  Kind.UUID)),
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
                  Kind.TIMESTAMP,
                  "tm",
                  Kind.TIME,
                  "r",
                  Kind.REAL,
                  "y",
                  Kind.BINARY)),
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

  private static Map.Entry<Kind, List<String>> entry(Kind kind, String... values) {
    return Map.entry(kind, List.of(values));
  }

  private static Map<String, Kind> columns(Object... namesAndKinds) {
    Map<String, Kind> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndKinds.length; i += 2) {
      columns.put((String) namesAndKinds[i], (Kind) namesAndKinds[i + 1]);
    }
    return columns;
  }

  private static Table table(String name, int count, Map<String, Kind> columns) {
    Random random = new Random(name.hashCode());
    // Kinds that came later have choices of their own: the values of the others stay what they are.
    Random later = new Random(name.hashCode() + 1L);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 1; row <= count; row++) {
      List<String> values = new ArrayList<>();
      for (Map.Entry<String, Kind> column : columns.entrySet()) {
        if (column.getKey().equals("id")) {
          values.add(String.valueOf(row));
        } else {
          Kind kind = column.getValue();
          Random own = kind.ordinal() > Kind.BOOLEAN.ordinal() ? later : random;
          values.add(own.nextInt(5) == 0 ? "NULL" : value(kind, own));
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
