package io.kurobe.adapters.embedded;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * What the engine does on the side of a query, on a connection of its own: tables that are made
 * from others, and few rows that are read whole. One thread works, any other may {@link #cancel}.
 * Whoever made it closes it.
 */
public final class DuckDbStatement implements AutoCloseable {
  private final DuckDBConnection connection;
  private final DuckDbInterrupt interrupt;

  /** Takes over a connection, which is closed with this. */
  public DuckDbStatement(DuckDBConnection connection) {
    this.connection = requireNonNull(connection, "connection is null");
    this.interrupt = new DuckDbInterrupt(connection);
  }

  private interface Work<T> {
    T run(Statement statement) throws SQLException;
  }

  /** Makes a table of a query; returns how many rows it has. */
  public long execute(String sql) {
    return run(statement -> statement.executeLargeUpdate(sql));
  }

  /** The rows of a query that gives few. */
  public List<List<@Nullable Object>> rows(String sql) {
    return run(
        statement -> {
          try (ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (row.next()) {
              List<@Nullable Object> values = new ArrayList<>(columns);
              for (int i = 1; i <= columns; i++) {
                values.add(row.getObject(i));
              }
              rows.add(Collections.unmodifiableList(values));
            }
            return rows;
          }
        });
  }

  private <T> T run(Work<T> work) {
    interrupt.begin();
    try (Statement statement = connection.createStatement()) {
      return work.run(statement);
    } catch (SQLException | RuntimeException e) {
      interrupt.check();
      throw DuckDbErrors.ofEngine(e);
    } finally {
      interrupt.end();
    }
  }

  /** Makes what runs, or comes next, fail with CANCELLED. Returns at once. */
  public void cancel() {
    interrupt.cancel(new KurobeException(ErrorCode.CANCELLED, "the query was cancelled"));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw DuckDbErrors.ofEngine(e);
    }
  }
}
