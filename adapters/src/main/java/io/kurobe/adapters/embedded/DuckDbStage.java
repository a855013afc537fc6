package io.kurobe.adapters.embedded;

import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Stages rows of a source in DuckDB: a table made from Arrow batches that DuckDB pulls through the
 * C data interface.
 */
public final class DuckDbStage {
  private static final AtomicLong VIEWS = new AtomicLong();

  private DuckDbStage() {}

  /**
   * Creates a table and fills it to the end of the reader. To cancel, cancel what the reader reads:
   * its error is thrown here.
   *
   * @param connection its caller's, which nothing else uses meanwhile
   * @param qualifiedTable the quoted name of a table that does not exist
   * @param reader closed by its owner
   * @return how many rows the table has
   */
  public static long load(
      DuckDBConnection connection,
      String qualifiedTable,
      ArrowReader reader,
      BufferAllocator allocator) {
    // An Arrow stream is scanned once, through a temporary view of this connection.
    String view = "staged_" + VIEWS.incrementAndGet();
    var recorded = new RecordedReader(reader, allocator);
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Schema schema = reader.getVectorSchemaRoot().getSchema();
      Data.exportArrayStream(allocator, recorded, stream);
      try (Statement statement = connection.createStatement()) {
        connection.registerArrowStream(view, stream);
        long rows =
            statement.executeLargeUpdate(
                "CREATE TABLE " + qualifiedTable + " AS " + select(view, schema));
        statement.execute("DROP VIEW " + view);
        return rows;
      } finally {
        stream.release();
      }
    } catch (IOException | SQLException | RuntimeException e) {
      Throwable cause = recorded.failure == null ? e : recorded.failure;
      throw DuckDbErrors.ofEngine(cause);
    }
  }

  private static String select(String view, Schema schema) {
    var expressions = new StringJoiner(", ");
    for (SqlType.Field column : ArrowTypes.columns(schema)) {
      String name = DuckDbInstance.quote(column.name());
      expressions.add(imported(name, column.type(), 0) + " AS " + name);
    }
    return "SELECT " + expressions + " FROM " + view;
  }

  /** What DuckDB makes of our Arrow form, made what it stands for. */
  private static String imported(String value, SqlType type, int depth) {
    return switch (type.kind()) {
      case NULL -> "CAST(" + value + " AS INTEGER)";
      // The blanks of a CHAR are no part of it, whatever its source sent.
      case CHAR -> "rtrim(" + value + ", ' ')";
      case UUID -> "CAST(hex(" + value + ") AS UUID)";
      case ARRAY -> {
        SqlType element = type.fields().get(0).type();
        String each = "e" + depth;
        yield needsImport(element)
            ? "list_transform("
                + value
                + ", lambda "
                + each
                + ": "
                + imported(each, element, depth + 1)
                + ")"
            : value;
      }
      default -> value;
    };
  }

  private static boolean needsImport(SqlType type) {
    return type.kind() == Kind.UUID
        || type.kind() == Kind.CHAR
        || type.kind() == Kind.NULL
        || (type.kind() == Kind.ARRAY && needsImport(type.fields().get(0).type()));
  }

  /** Remembers the error of a reader, which the C data interface passes on as text only. */
  private static final class RecordedReader extends ArrowReader {
    private final ArrowReader reader;
    private volatile @Nullable Throwable failure;

    RecordedReader(ArrowReader reader, BufferAllocator allocator) {
      super(allocator);
      this.reader = reader;
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
      return reader.getVectorSchemaRoot();
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
      return reader.getDictionaryVectors();
    }

    @Override
    public @Nullable Dictionary lookup(long id) {
      return reader.lookup(id);
    }

    @Override
    public Set<Long> getDictionaryIds() {
      return reader.getDictionaryIds();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      try {
        return reader.loadNextBatch();
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    protected Schema readSchema() throws IOException {
      return reader.getVectorSchemaRoot().getSchema();
    }

    @Override
    public void close() {}

    @Override
    public void close(boolean closeReadSource) {}

    @Override
    protected void closeReadSource() {}
  }
}
