package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableIndex.Kind;
import io.kurobe.adapters.source.TableIndex.Order;
import io.kurobe.adapters.source.TableIndex.Part;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An index while its catalog is read.
 *
 * @param attributes numbers of its columns, 0 for an expression
 * @param texts what stands for each part where one is an expression
 */
record IndexDraft(
    String name,
    boolean primary,
    boolean unique,
    Kind kind,
    List<Integer> attributes,
    List<Order> orders,
    List<String> texts,
    Optional<String> condition,
    OptionalLong rowCount,
    OptionalLong pages) {

  /** Bit of pg_index.indoption. */
  private static final int DESCENDING = 1;

  /** Reads a row of {@link CatalogSql#INDEXES}. */
  static IndexDraft of(ResultSet row) throws SQLException {
    String method = row.getString(6);
    int parts = row.getInt(7);
    return new IndexDraft(
        row.getString(2),
        row.getBoolean(3),
        row.getBoolean(4),
        kind(row.getBoolean(5), method),
        // Columns that the index only includes come after those of the key.
        CatalogReader.numbers(row.getString(8)).subList(0, parts),
        orders(method, CatalogReader.numbers(row.getString(9)).subList(0, parts)),
        texts(row.getArray(13)),
        Optional.ofNullable(row.getString(10)),
        number(row, 11),
        number(row, 12));
  }

  private static Kind kind(boolean clustered, String method) {
    if (clustered) {
      return Kind.CLUSTERED;
    }
    return method.equals("hash") ? Kind.HASHED : Kind.OTHER;
  }

  private static List<Order> orders(String method, List<Integer> options) {
    List<Order> orders = new ArrayList<>();
    for (int option : options) {
      if (!method.equals("btree")) {
        orders.add(Order.NONE);
      } else {
        orders.add((option & DESCENDING) == 0 ? Order.ASCENDING : Order.DESCENDING);
      }
    }
    return orders;
  }

  private static List<String> texts(@Nullable Array definitions) throws SQLException {
    return definitions == null ? List.of() : List.of((String[]) definitions.getArray());
  }

  private static OptionalLong number(ResultSet row, int column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of((long) number);
  }

  /** Whether it holds for all rows and is over columns alone. */
  boolean isKey() {
    return unique && condition.isEmpty() && !attributes.contains(0);
  }

  TableIndex finish(Map<Integer, String> columns) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      String column = columns.get(attributes.get(i));
      parts.add(new Part(column == null ? texts.get(i) : column, column != null, orders.get(i)));
    }
    return new TableIndex(name, unique, kind, parts, condition, rowCount, pages);
  }
}
