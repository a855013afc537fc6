package io.kurobe.adapters.duckdb;

import static io.kurobe.adapters.embedded.DuckDbInstance.literal;
import static io.kurobe.adapters.embedded.DuckDbInstance.quote;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables that are files or patterns of file names. Directories named {@code key=value} are columns.
 * The files of a pattern need not have the same columns: a table has all of them, NULL where a file
 * lacks one.
 */
final class FileTables {
  private static final Pattern FILE =
      Pattern.compile("(?i)\\b(?:file|pattern) [\"']([^\"']+)[\"']");

  private final Map<String, String> tables;

  /**
   * Makes them.
   *
   * @param tables the file or pattern of each, by its name; relative ones from the working
   *     directory
   */
  FileTables(Map<String, String> tables) {
    this.tables = Map.copyOf(tables);
  }

  /** The names of the tables. */
  List<String> names() {
    return tables.keySet().stream().sorted().toList();
  }

  /** The name of a table's file, without its directory, which is the host's own business. */
  String fileName(String table) {
    String file = tables.get(table);
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Makes a view of a table's name over its files. */
  void create(Statement statement, String database, String table) throws SQLException {
    statement.execute(
        "CREATE VIEW "
            + quote(database)
            + ".main."
            + quote(table)
            + " AS SELECT * FROM "
            + scan(statement, tables.get(table)));
  }

  /** Looks at every file of a pattern once, so that not each query has to. */
  private static String scan(Statement statement, String file) throws SQLException {
    String plain = scan(file, "");
    if (!isPattern(file)) {
      return plain;
    }
    String united = scan(file, ", union_by_name = true");
    return columns(statement, united).equals(firstColumns(statement, plain)) ? plain : united;
  }

  private static boolean isPattern(String file) {
    return file.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
  }

  /** Those of the first file; none if the others do not even go with it. */
  private static List<String> firstColumns(Statement statement, String scan) {
    try {
      return columns(statement, scan);
    } catch (SQLException e) {
      return List.of();
    }
  }

  private static List<String> columns(Statement statement, String scan) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + scan)) {
      while (rows.next()) {
        columns.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return columns;
  }

  /** Reads a file by the ending of its name. */
  private static String scan(String file, String options) {
    boolean remote = file.contains("://");
    String path = remote || file.startsWith("/") ? file : Path.of("").toAbsolutePath() + "/" + file;
    String lower = file.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|zst)$", "");
    String function =
        lower.endsWith(".csv") || lower.endsWith(".tsv") || lower.endsWith(".txt")
            ? "read_csv"
            : lower.endsWith(".json") || lower.endsWith(".ndjson") || lower.endsWith(".jsonl")
                ? "read_json"
                : "read_parquet";
    return function + "(" + literal(path) + options + ")";
  }

  /**
   * The table, or the only one that it can be, of whose files a message speaks; empty if it speaks
   * of none.
   */
  Optional<String> spokenOf(String message) {
    Matcher file = FILE.matcher(message);
    if (!file.find()) {
      return Optional.empty();
    }
    String name = file.group(1).substring(file.group(1).lastIndexOf('/') + 1);
    List<String> of =
        names().stream()
            .filter(table -> fileName(table).equals(name) || matches(fileName(table), name))
            .toList();
    return of.size() == 1 ? Optional.of(of.get(0)) : Optional.empty();
  }

  private static boolean matches(String pattern, String name) {
    var regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            case '[', ']' -> String.valueOf(c);
            case '!' -> "^";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.matches(regex.toString(), name);
  }
}
