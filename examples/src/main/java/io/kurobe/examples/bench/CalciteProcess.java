package io.kurobe.examples.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/**
 * The other side of {@link CalcitePeer}: takes queries on its input and gives their rows as text on
 * its output, by Calcite as it comes, the connection's defaults but for names that keep their case.
 */
public final class CalciteProcess {
  private CalciteProcess() {}

  /**
   * Serves until its input ends.
   *
   * @param arguments the PostgreSQL database's URL, its user, the DuckDB file, or {@code -} without
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    var out = new DataOutputStream(new BufferedOutputStream(System.out));
    var in = new DataInputStream(new BufferedInputStream(System.in));
    // What libraries print must not come between the answers.
    System.setOut(new PrintStream(System.err, true));
    try (Connection connection = connect(arguments)) {
      while (true) {
        answer(connection, in.readUTF(), out);
        out.flush();
      }
    } catch (EOFException e) {
      // Nobody asks any more.
    }
  }

  private static Connection connect(String[] arguments) throws SQLException {
    var properties = new Properties();
    properties.setProperty("unquotedCasing", "UNCHANGED");
    properties.setProperty("caseSensitive", "false");
    properties.setProperty("conformance", "LENIENT");
    Connection connection = DriverManager.getConnection("jdbc:calcite:", properties);
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    Map<String, Table> tables = new HashMap<>();
    var postgres = JdbcSchema.dataSource(arguments[0], "org.postgresql.Driver", arguments[1], "");
    add(tables, root, "postgres", JdbcSchema.create(root, "postgres", postgres, null, "public"));
    if (!arguments[2].equals("-")) {
      var duckDb =
          JdbcSchema.dataSource("jdbc:duckdb:" + arguments[2], "org.duckdb.DuckDBDriver", "", "");
      add(tables, root, "duckdb", JdbcSchema.create(root, "duckdb", duckDb, null, "main"));
    }
    // Queries name tables by themselves, wherever they are.
    root.add(
        "tpch",
        new AbstractSchema() {
          @Override
          protected Map<String, Table> getTableMap() {
            return tables;
          }
        });
    connection.setSchema("tpch");
    return connection;
  }

  private static void add(
      Map<String, Table> tables, SchemaPlus root, String name, JdbcSchema schema) {
    root.add(name, schema);
    for (String table : TpchTables.names()) {
      Table found = schema.getTable(table);
      if (found != null) {
        tables.put(table, found);
      }
    }
  }

  private static void answer(Connection connection, String sql, DataOutputStream out)
      throws IOException {
    long start = System.nanoTime();
    List<List<@Nullable Object>> rows;
    int columns;
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      columns = results.getMetaData().getColumnCount();
      rows = JdbcPeer.rows(results);
    } catch (SQLException | RuntimeException | AssertionError e) {
      out.writeBoolean(false);
      out.writeUTF(reason(e));
      return;
    }
    out.writeBoolean(true);
    out.writeLong(System.nanoTime() - start);
    out.writeInt(rows.size());
    out.writeInt(columns);
    for (List<@Nullable Object> row : rows) {
      for (Object value : row) {
        out.writeBoolean(value != null);
        if (value != null) {
          out.writeUTF(value.toString());
        }
      }
    }
  }

  /** The innermost reason says most; it is cut, as Calcite quotes plans. */
  private static String reason(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    String text = inner.getClass().getSimpleName() + ": " + BenchException.firstLine(inner);
    return text.substring(0, Math.min(text.length(), 200));
  }
}
