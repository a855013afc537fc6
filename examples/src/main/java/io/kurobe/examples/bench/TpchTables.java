package io.kurobe.examples.bench;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** TPC-H's eight tables: their statements and their rows at one scale. */
final class TpchTables {
  private static final Map<String, String> KEYS =
      Map.of(
          "customer", "c_custkey",
          "lineitem", "l_orderkey, l_linenumber",
          "nation", "n_nationkey",
          "orders", "o_orderkey",
          "part", "p_partkey",
          "partsupp", "ps_partkey, ps_suppkey",
          "region", "r_regionkey",
          "supplier", "s_suppkey");

  private TpchTables() {}

  static List<String> names() {
    return TpchTable.getTables().stream().map(TpchTable::getTableName).sorted().toList();
  }

  /** Writes a table's rows to a file, a line each, values separated by bars. */
  static void write(String table, double scale, Path file) throws IOException {
    try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
      for (TpchEntity row : TpchTable.getTable(table).createGenerator(scale, 1, 1)) {
        String line = row.toLine();
        writer.print(line.endsWith("|") ? line.substring(0, line.length() - 1) : line);
        writer.print('\n');
      }
      if (writer.checkError()) {
        throw new IOException("could not write " + file);
      }
    }
  }

  /** The statement that makes a table, in PostgreSQL and in DuckDB. */
  static String create(String table) {
    return TpchTable.getTable(table).getColumns().stream()
        .map(column -> column.getColumnName() + " " + type(column) + " NOT NULL")
        .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (", ")"));
  }

  /** The statement that declares a table's primary key. */
  static String key(String table) {
    return "ALTER TABLE " + table + " ADD PRIMARY KEY (" + KEYS.get(table) + ")";
  }

  private static String type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case INTEGER -> "integer";
      case IDENTIFIER -> "bigint";
      case DATE -> "date";
      case DOUBLE -> "numeric(15,2)";
      case VARCHAR -> "varchar";
    };
  }
}
