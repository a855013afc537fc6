package io.kurobe.nl2sql;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.question.QuestionSupport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlNode;

/** What a planner offers, over a database of a test: stored values are read from it. */
final class StoredSupport implements QuestionSupport {
  private final StatementParser parser = new StatementParser();
  private final Map<String, List<String>> values = new HashMap<>();
  private final CatalogSnapshot catalog;
  private final Connection connection;

  StoredSupport(CatalogSnapshot catalog, Connection connection) {
    this.catalog = catalog;
    this.connection = connection;
  }

  @Override
  public CatalogSnapshot catalog() {
    return catalog;
  }

  @Override
  public SqlNode parse(String sql) {
    return parser.parseQuery(sql);
  }

  @Override
  public List<SqlType.Field> validate(SqlNode query) {
    return List.of();
  }

  @Override
  public List<String> frequentValues(TableName table, String column) {
    return values.computeIfAbsent(table + "." + column, key -> read(table, column));
  }

  private List<String> read(TableName table, String column) {
    String sql =
        "SELECT \"%1$s\" FROM \"%2$s\" WHERE \"%1$s\" <> '' GROUP BY 1 ORDER BY COUNT(*) DESC, 1"
            .formatted(column, table.table());
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery(sql + " LIMIT 1000")) {
      List<String> found = new ArrayList<>();
      while (result.next()) {
        found.add(result.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
