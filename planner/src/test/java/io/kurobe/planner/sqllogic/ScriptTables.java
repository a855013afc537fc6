package io.kurobe.planner.sqllogic;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a script in their sources. Its statements run in one PostgreSQL; before the next
 * query the tables are copied to the other sources: to one DuckDB file, and by turns to a DuckDB
 * file and a second PostgreSQL, which share them. One thread uses it.
 */
final class ScriptTables implements AutoCloseable {
  private static final Pattern CREATED =
      Pattern.compile(
          "(?is)CREATE\\s+(?:TEMP\\s+|TEMPORARY\\s+)?(TABLE|VIEW)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(\\w+).*");
  private static final Pattern DROPPED =
      Pattern.compile("(?is)DROP\\s+(TABLE|VIEW)\\s+(?:IF\\s+EXISTS\\s+)?(\\w+).*");
  private static final Pattern FROM = Pattern.compile("(?is)\\bFROM\\s+(\\w+)");

  /** Where a script's tables are, and whether their sources do more than scan. */
  enum Placement {
    POSTGRES("whole.public", true),
    DUCKDB("file.main", true),
    SPLIT("rest.main, half.public", true),
    SPLIT_NOT_PUSHED("rest.main, half.public", false);

    private final String searchPath;
    private final boolean pushdown;

    Placement(String searchPath, boolean pushdown) {
      this.searchPath = searchPath;
      this.pushdown = pushdown;
    }
  }

  private final String name;
  private final Path directory;
  private final PostgresServer.Database whole;
  private final Connection connection;
  private final Map<String, String> tables = new LinkedHashMap<>();
  private final Map<String, String> views = new LinkedHashMap<>();
  private final Set<String> lost = new HashSet<>();
  private @Nullable Federation federation;
  private int opened;

  ScriptTables(String name, Path directory) throws SQLException {
    this.name = name;
    this.directory = directory;
    this.whole = PostgresServer.database("slt_whole_" + name);
    this.connection = whole.connect();
  }

  /** Runs a statement; what is not a table's or a view's matter of this database is refused. */
  void execute(String sql) throws SQLException {
    String translated = sql.replaceAll("(?i)\\bFLOAT\\b", "DOUBLE PRECISION");
    Matcher created = CREATED.matcher(translated);
    Matcher dropped = DROPPED.matcher(translated);
    if (dropped.matches() && views.containsKey(key(dropped.group(2)))) {
      run(connection, "DROP VIEW " + dropped.group(2) + " CASCADE");
      forgetView(key(dropped.group(2)));
    } else if (!dropped.matches() || !lost.remove(key(dropped.group(2)))) {
      run(connection, translated);
    }
    if (created.matches()) {
      of(created.group(1)).put(key(created.group(2)), translated);
    } else if (dropped.matches()) {
      of(dropped.group(1)).remove(key(dropped.group(2)));
    }
    forget();
  }

  /** SQLite lets a view outlive what it reads; nobody asks it then, and it may be dropped later. */
  private void forgetView(String view) {
    views.remove(view);
    List<String> readers =
        views.entrySet().stream()
            .filter(other -> other.getValue().matches("(?is).*\\b" + view + "\\b.*"))
            .map(Map.Entry::getKey)
            .toList();
    lost.addAll(readers);
    readers.forEach(this::forgetView);
  }

  private Map<String, String> of(String kind) {
    return kind.equalsIgnoreCase("TABLE") ? tables : views;
  }

  private static String key(String table) {
    return table.toLowerCase(Locale.ROOT);
  }

  /** The rows of a query where the tables are in a placement. */
  List<List<@Nullable Object>> query(Placement placement, String sql)
      throws SQLException, IOException {
    Federation opened = federation();
    Session session =
        opened
            .session()
            .withSearchPath(
                Stream.of(placement.searchPath.split(", ")).map(SearchPathEntry::parse).toList())
            .withSetting("pushdown", placement.pushdown ? "on" : "off");
    var options = new ExecutionOptions("slt", Duration.ofSeconds(30), 0);
    try (Execution execution = opened.planner().plan(session, sql).start(List.of(), options)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      Rows.batches(execution.reader()).forEach(rows::addAll);
      return rows;
    }
  }

  private Federation federation() throws SQLException, IOException {
    Federation present = federation;
    if (present == null) {
      present = open();
      federation = present;
    }
    return present;
  }

  private Federation open() throws SQLException, IOException {
    opened++;
    PostgresServer.Database half = PostgresServer.database("slt_half_" + name);
    Path file = directory.resolve(name + "_file" + opened + ".duckdb");
    Path rest = directory.resolve(name + "_rest" + opened + ".duckdb");
    try (Connection atHalf = half.connect();
        Connection inFile = DriverManager.getConnection("jdbc:duckdb:" + file);
        Connection inRest = DriverManager.getConnection("jdbc:duckdb:" + rest)) {
      Map<String, Connection> homes = new LinkedHashMap<>();
      for (Map.Entry<String, String> table : tables.entrySet()) {
        Connection home = homes.size() % 2 == 0 ? inRest : atHalf;
        homes.put(table.getKey(), home);
        copy(table, inFile);
        copy(table, home);
      }
      for (Map.Entry<String, String> view : views.entrySet()) {
        run(inFile, view.getValue());
        Matcher from = FROM.matcher(view.getValue());
        Connection home = from.find() ? homes.get(key(from.group(1))) : null;
        if (home != null) {
          run(home, view.getValue());
          homes.put(view.getKey(), home);
        }
      }
      run(atHalf, "ANALYZE");
    }
    run(connection, "ANALYZE");
    return Federation.of(
        List.of(
            SourceConfig.ofUrl("whole", "postgres", whole.url(), whole.user()),
            SourceConfig.ofUrl("half", "postgres", half.url(), half.user()),
            SourceConfig.ofPath("rest", "duckdb", rest.toString()),
            SourceConfig.ofPath("file", "duckdb", file.toString())));
  }

  private void copy(Map.Entry<String, String> table, Connection into) throws SQLException {
    run(into, table.getValue());
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table.getKey())) {
      int columns = rows.getMetaData().getColumnCount();
      String insert =
          "INSERT INTO " + table.getKey() + " VALUES (?" + ", ?".repeat(columns - 1) + ")";
      into.setAutoCommit(false);
      try (PreparedStatement row = into.prepareStatement(insert)) {
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            row.setObject(i, rows.getObject(i));
          }
          row.addBatch();
        }
        row.executeBatch();
      }
      into.commit();
      into.setAutoCommit(true);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void forget() {
    Federation present = federation;
    federation = null;
    if (present != null) {
      present.close();
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    forget();
    connection.close();
    for (int i = 1; i <= opened; i++) {
      Files.deleteIfExists(directory.resolve(name + "_file" + i + ".duckdb"));
      Files.deleteIfExists(directory.resolve(name + "_rest" + i + ".duckdb"));
    }
  }
}
