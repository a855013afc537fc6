package io.kurobe.planner.execute;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN ANALYZE: an execution that is run to its end and thrown away, and then what it cost. The
 * work begins with the first look at the reader, as that of every execution, so that a cancel
 * reaches the sources.
 */
public final class AnalyzedExecution implements Execution {
  private final PlanExecution measured;
  private final List<SqlType.Field> columns;
  private final Function<List<FragmentMeter>, LocalRows> report;
  private final ArrowReader reader;
  private @Nullable LocalRows rows;

  /**
   * Makes one.
   *
   * @param measured closed with it
   * @param report the rows, once the meters are complete
   */
  public AnalyzedExecution(
      PlanExecution measured,
      List<SqlType.Field> columns,
      Function<List<FragmentMeter>, LocalRows> report,
      BufferAllocator allocator) {
    this.measured = requireNonNull(measured, "measured is null");
    this.columns = List.copyOf(columns);
    this.report = requireNonNull(report, "report is null");
    this.reader = new Reader(allocator);
  }

  @Override
  public List<SqlType.Field> columns() {
    return columns;
  }

  @Override
  public List<Warning> warnings() {
    return measured.warnings();
  }

  @Override
  public List<Read> reads() {
    return measured.reads();
  }

  @Override
  public List<String> atWork() {
    return measured.atWork();
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public void cancel() {
    measured.cancel();
  }

  @Override
  public void close() {
    LocalRows told = rows;
    try (measured) {
      if (told != null) {
        told.close();
      }
    }
  }

  private LocalRows run() {
    try {
      boolean more = true;
      while (more) {
        more = measured.reader().loadNextBatch();
      }
    } catch (IOException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "reading the result failed: " + e, e);
    }
    measured.close();
    return report.apply(measured.meters());
  }

  private final class Reader extends ForwardingReader {
    Reader(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    protected ArrowReader delegate() {
      LocalRows known = rows;
      if (known == null) {
        known = run();
        rows = known;
      }
      return known.reader();
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {
      AnalyzedExecution.this.close();
    }
  }
}
