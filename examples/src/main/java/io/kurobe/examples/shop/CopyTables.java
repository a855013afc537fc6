package io.kurobe.examples.shop;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Tables of PostgreSQL, each filled by a {@code COPY} in text form on a connection of its own, so
 * that rows of several tables can come in any order. What was added is there once {@link #finish}
 * returns; closing without it discards the rows.
 */
final class CopyTables implements Tables, AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final DataSource database;
  private final Map<String, CopyRows> tables = new LinkedHashMap<>();

  CopyTables(DataSource database) {
    this.database = database;
  }

  @Override
  public Rows table(String name) {
    return tables.computeIfAbsent(name, this::open);
  }

  private CopyRows open(String name) {
    try {
      return new CopyRows(name, database.getConnection());
    } catch (SQLException e) {
      throw new LoadException(name, e);
    }
  }

  /** Ends every COPY. */
  void finish() {
    tables.values().forEach(CopyRows::finish);
  }

  /** Rows added so far to a table. */
  long count(String name) {
    CopyRows rows = tables.get(name);
    return rows == null ? 0 : rows.count;
  }

  @Override
  public void close() {
    tables.values().forEach(CopyRows::close);
  }

  private static final class CopyRows implements Rows {
    private final String name;
    private final Connection connection;
    private final CopyIn copy;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK + 4096);
    private long count;

    CopyRows(String name, Connection connection) throws SQLException {
      this.name = name;
      this.connection = connection;
      this.copy =
          connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + name + " FROM STDIN");
    }

    @Override
    public void add(@Nullable Object... values) {
      for (int i = 0; i < values.length; i++) {
        if (i > 0) {
          chunk.write('\t');
        }
        write(values[i]);
      }
      chunk.write('\n');
      count++;
      if (chunk.size() >= CHUNK) {
        flush();
      }
    }

    private void write(@Nullable Object value) {
      String text;
      if (value == null) {
        text = "\\N";
      } else if (value instanceof String string) {
        text =
            string
                .replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
      } else {
        // Numbers, dates and booleans print as PostgreSQL reads them.
        text = value.toString();
      }
      chunk.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void flush() {
      try {
        byte[] bytes = chunk.toByteArray();
        copy.writeToCopy(bytes, 0, bytes.length);
        chunk.reset();
      } catch (SQLException e) {
        throw new LoadException(name, e);
      }
    }

    void finish() {
      flush();
      try {
        copy.endCopy();
      } catch (SQLException e) {
        throw new LoadException(name, e);
      }
    }

    void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new LoadException(name, e);
      }
    }
  }
}
