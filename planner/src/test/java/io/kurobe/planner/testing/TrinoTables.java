package io.kurobe.planner.testing;

import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.planner.testing.Placements.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tables of {@link Placements} in a schema of Trino's memory. Its VALUES know no common type of
 * numbers and texts, so that the rows are read as text from the DuckDB file and cast one by one.
 */
final class TrinoTables {
  private static final String URL = TrinoServer.url("memory/default");

  private TrinoTables() {}

  /** Makes a schema with the tables, whose rows a DuckDB file has. */
  static void create(String schema, Path file, Stream<Table> tables) {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement reading = duckDb.createStatement();
        Connection trino = DriverManager.getConnection(URL, "tester", null);
        Statement writing = trino.createStatement()) {
      reading.execute("SET TimeZone = 'UTC'");
      writing.execute("CREATE SCHEMA memory." + schema);
      for (Table table : tables.toList()) {
        String name = "memory." + schema + "." + table.name();
        List<Column> columns = columns(table);
        writing.execute(
            "CREATE TABLE "
                + name
                + columns.stream()
                    .map(Column::declared)
                    .collect(Collectors.joining(", ", " (", ")")));
        String rows = rows(reading, table, columns);
        if (!rows.isEmpty()) {
          writing.execute("INSERT INTO " + name + " VALUES " + rows);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Trino refused a table", e);
    }
  }

  private record Column(String name, String type) {
    String declared() {
      return "\"" + name + "\" " + type;
    }

    /** A value that DuckDB wrote as text. */
    String value(@Nullable String text) {
      if (text == null) {
        return "CAST(NULL AS " + type + ")";
      }
      String quoted = "'" + text.replace("'", "''") + "'";
      return switch (type) {
        case "json" -> "JSON " + quoted;
        case "double", "real" ->
            "CAST(" + quoted.replace("nan", "NaN").replace("inf", "Infinity") + " AS " + type + ")";
        case "timestamp(6) with time zone" ->
            "CAST(" + quoted.replace("+00'", " UTC'") + " AS " + type + ")";
        case "interval day to second" ->
            "INTERVAL " + quoted.replaceFirst(" days? ", " ") + " DAY TO SECOND";
        default -> "CAST(" + quoted + " AS " + type + ")";
      };
    }
  }

  private static List<Column> columns(Table table) {
    return Stream.of(table.columns().split(",(?![^(]*\\))"))
        .map(String::strip)
        .map(column -> column.split(" ", 2))
        .map(column -> new Column(column[0], type(column[1])))
        .toList();
  }

  private static String type(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "text" -> "varchar";
      case "double precision" -> "double";
      case "time" -> "time(6)";
      case "timestamp" -> "timestamp(6)";
      case "timestamptz" -> "timestamp(6) with time zone";
      case "interval" -> "interval day to second";
      default -> type.replace("numeric", "decimal");
    };
  }

  private static String rows(Statement reading, Table table, List<Column> columns)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    String texts =
        String.join(
            ", ", columns.stream().map(c -> "CAST(\"" + c.name() + "\" AS VARCHAR)").toList());
    try (ResultSet values = reading.executeQuery("SELECT " + texts + " FROM " + table.name())) {
      while (values.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          row.add(columns.get(i).value(values.getString(i + 1)));
        }
        rows.add("(" + String.join(", ", row) + ")");
      }
    }
    return String.join(", ", rows);
  }
}
