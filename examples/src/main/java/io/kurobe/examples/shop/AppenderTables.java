package io.kurobe.examples.shop;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Tables of a DuckDB file, filled through appenders. An appender writes by itself when it is full,
 * so rows that a key points at must be added before the first use of the table that points at them:
 * that use writes what the others hold.
 */
final class AppenderTables implements Tables, AutoCloseable {
  private final DuckDBConnection connection;
  private final Map<String, AppenderRows> tables = new LinkedHashMap<>();

  AppenderTables(DuckDBConnection connection) {
    this.connection = connection;
  }

  @Override
  public Rows table(String name) {
    AppenderRows rows = tables.get(name);
    if (rows == null) {
      rows = open(name);
      tables.put(name, rows);
    }
    return rows;
  }

  private AppenderRows open(String name) {
    finish();
    try {
      return new AppenderRows(name, connection.createAppender("main", name));
    } catch (SQLException e) {
      throw new LoadException(name, e);
    }
  }

  /** Writes what was added so far. */
  void finish() {
    tables.values().forEach(AppenderRows::flush);
  }

  /** Rows added so far to a table. */
  long count(String name) {
    AppenderRows rows = tables.get(name);
    return rows == null ? 0 : rows.count;
  }

  @Override
  public void close() {
    tables.values().forEach(AppenderRows::close);
  }

  private static final class AppenderRows implements Rows {
    private final String name;
    private final DuckDBAppender appender;
    private long count;

    AppenderRows(String name, DuckDBAppender appender) {
      this.name = name;
      this.appender = appender;
    }

    @Override
    public void add(@Nullable Object... values) {
      try {
        appender.beginRow();
        for (Object value : values) {
          append(value);
        }
        appender.endRow();
        count++;
      } catch (SQLException e) {
        throw new LoadException(name, e);
      }
    }

    private void append(@Nullable Object value) throws SQLException {
      if (value == null) {
        appender.appendNull();
      } else if (value instanceof Integer number) {
        appender.append(number.intValue());
      } else if (value instanceof Long number) {
        appender.append(number.longValue());
      } else if (value instanceof String text) {
        appender.append(text);
      } else if (value instanceof BigDecimal number) {
        appender.append(number);
      } else if (value instanceof LocalDate day) {
        appender.append(day);
      } else if (value instanceof LocalDateTime moment) {
        appender.append(moment);
      } else {
        throw new IllegalArgumentException("no way to append a " + value.getClass().getName());
      }
    }

    void flush() {
      try {
        appender.flush();
      } catch (SQLException e) {
        throw new LoadException(name, e);
      }
    }

    void close() {
      try {
        appender.close();
      } catch (SQLException e) {
        throw new LoadException(name, e);
      }
    }
  }
}
