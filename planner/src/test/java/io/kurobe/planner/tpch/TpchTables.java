package io.kurobe.planner.tpch;

import io.trino.tpch.Customer;
import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.NationGenerator;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.PartGenerator;
import io.trino.tpch.PartSupplierGenerator;
import io.trino.tpch.RegionGenerator;
import io.trino.tpch.Supplier;
import io.trino.tpch.SupplierGenerator;
import io.trino.tpch.TextPool;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * TPC-H's tables as the generator makes them that the published answers come from, DuckDB's.
 *
 * <p>Its text differs from that of the generator used here in two ways, both undone: comments are
 * cut out of a pool of 10 MB, not 300 MB; and the random numbers behind addresses have the other
 * sign, since their range, 2^31, overflows no 32 bits there. All other columns are the same.
 */
final class TpchTables {
  private static final String ADDRESS_CHARACTERS =
      "0123456789abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ,";

  private static final int CHARACTERS_OF_A_NUMBER = 5;

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

  private final Distributions words = Distributions.getDefaultDistributions();
  private final TextPool text = new TextPool(10 * 1024 * 1024, words);
  private final double scale;

  TpchTables(double scale) {
    this.scale = scale;
  }

  /** The statement that declares a table's primary key, as the benchmark's specification does. */
  static String key(TpchTable<?> table) {
    String name = table.getTableName();
    return "ALTER TABLE " + name + " ADD PRIMARY KEY (" + KEYS.get(name) + ")";
  }

  /** Writes the rows of a table to a file of its name, values separated by bars. */
  Path write(TpchTable<?> table, Path directory) throws IOException {
    Path file = directory.resolve(table.getTableName() + ".tbl");
    try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
      for (TpchEntity row : rows(table.getTableName())) {
        String line = line(row);
        writer.print(line.endsWith("|") ? line.substring(0, line.length() - 1) : line);
        writer.print('\n');
      }
    }
    return file;
  }

  private Iterable<? extends TpchEntity> rows(String table) {
    return switch (table) {
      case "customer" -> new CustomerGenerator(scale, 1, 1, words, text);
      case "lineitem" -> new LineItemGenerator(scale, 1, 1, words, text);
      case "nation" -> new NationGenerator(words, text);
      case "orders" -> new OrderGenerator(scale, 1, 1, words, text);
      case "part" -> new PartGenerator(scale, 1, 1, words, text);
      case "partsupp" -> new PartSupplierGenerator(scale, 1, 1, text);
      case "region" -> new RegionGenerator(words, text);
      case "supplier" -> new SupplierGenerator(scale, 1, 1, words, text);
      default -> throw new IllegalArgumentException(table);
    };
  }

  private static String line(TpchEntity row) {
    if (row instanceof Customer customer) {
      return new Customer(
              customer.getRowNumber(),
              customer.getCustomerKey(),
              customer.getName(),
              address(customer.getAddress()),
              customer.getNationKey(),
              customer.getPhone(),
              customer.getAccountBalanceInCents(),
              customer.getMarketSegment(),
              customer.getComment())
          .toLine();
    }
    if (row instanceof Supplier supplier) {
      return new Supplier(
              supplier.getRowNumber(),
              supplier.getSupplierKey(),
              supplier.getName(),
              address(supplier.getAddress()),
              supplier.getNationKey(),
              supplier.getPhone(),
              supplier.getAccountBalanceInCents(),
              supplier.getComment())
          .toLine();
    }
    return row.toLine();
  }

  /** Five characters are the lowest bits of one number, six for each; that number is negated. */
  private static String address(String generated) {
    var address = new StringBuilder();
    for (int from = 0; from < generated.length(); from += CHARACTERS_OF_A_NUMBER) {
      int to = Math.min(from + CHARACTERS_OF_A_NUMBER, generated.length());
      int number = 0;
      for (int i = from; i < to; i++) {
        number |= ADDRESS_CHARACTERS.indexOf(generated.charAt(i)) << (6 * (i - from));
      }
      for (int i = from; i < to; i++) {
        address.append(ADDRESS_CHARACTERS.charAt(-number >> (6 * (i - from)) & 63));
      }
    }
    return address.toString();
  }

  /** The statement that makes a table, in PostgreSQL and in DuckDB. */
  static String create(TpchTable<?> table) {
    return table.getColumns().stream()
        .map(column -> column.getColumnName() + " " + type(column))
        .collect(Collectors.joining(", ", "CREATE TABLE " + table.getTableName() + " (", ")"));
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
