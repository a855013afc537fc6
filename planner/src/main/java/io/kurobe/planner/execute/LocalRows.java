package io.kurobe.planner.execute;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are in memory already: those of EXPLAIN and SHOW, of a command, of a system table.
 * Values are Boolean, Short, Integer, Long, Double, String, Instant or null, as the columns' types
 * ask.
 */
public final class LocalRows implements Execution {
  private static final int BATCH_ROWS = 8_192;

  private final List<SqlType.Field> columns;
  private final List<? extends List<? extends @Nullable Object>> rows;
  private final Optional<Session> changedSession;
  private final Reader reader;

  public LocalRows(
      BufferAllocator allocator,
      List<SqlType.Field> columns,
      List<? extends List<? extends @Nullable Object>> rows,
      Optional<Session> changedSession) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.changedSession = changedSession;
    this.reader = new Reader(allocator);
  }

  @Override
  public List<SqlType.Field> columns() {
    return columns;
  }

  @Override
  public List<Warning> warnings() {
    return List.of();
  }

  @Override
  public Optional<Session> changedSession() {
    return changedSession;
  }

  @Override
  public boolean isExhausted() {
    return reader.given == rows.size();
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public void cancel() {
    // Nothing runs.
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (java.io.IOException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "could not free local rows: " + e, e);
    }
  }

  private final class Reader extends ArrowReader {
    private volatile int given;

    Reader(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    protected Schema readSchema() {
      return ArrowTypes.schema(columns);
    }

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
      prepareLoadNextBatch();
      VectorSchemaRoot root = getVectorSchemaRoot();
      int count = Math.min(rows.size() - given, BATCH_ROWS);
      if (count == 0) {
        return false;
      }
      root.allocateNew();
      for (int row = 0; row < count; row++) {
        for (int column = 0; column < columns.size(); column++) {
          set(root.getVector(column), row, rows.get(given + row).get(column));
        }
      }
      root.setRowCount(count);
      given += count;
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {
      // Nothing behind it.
    }
  }

  private static void set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof VarCharVector text) {
      text.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof IntVector integers) {
      integers.setSafe(row, ((Number) value).intValue());
    } else if (vector instanceof SmallIntVector integers) {
      integers.setSafe(row, ((Number) value).shortValue());
    } else if (vector instanceof BigIntVector integers) {
      integers.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof TimeStampMicroTZVector instants) {
      instants.setSafe(row, ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
    } else {
      throw new IllegalStateException("no local value of type " + vector.getField());
    }
  }
}
