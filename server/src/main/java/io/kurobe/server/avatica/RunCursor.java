package io.kurobe.server.avatica;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.statement.Run;
import io.kurobe.server.statement.Run.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a statement at work: bounded in rows and in bytes, and never late. When no row comes in
 * time the frame is empty and not the last, so that the client's request ends and it asks again; a
 * client that would not gets its frame when there are rows.
 */
final class RunCursor implements RowCursor {
  /** How long a request waits for its first row. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long a frame that has rows waits for more, or to learn that they were the last. */
  private static final Duration MOMENT = Duration.ofMillis(50);

  private static final long FRAME_BYTES = 4L << 20;

  private final Run run;
  private final ClientHabits habits;
  private long position;
  private boolean done;
  private boolean cut;
  private List<CellReader> readers = List.of();
  private int rowInBatch;
  private int rowsInBatch;

  RunCursor(Run run, ClientHabits habits) {
    this.run = run;
    this.habits = habits;
  }

  @Override
  public Optional<Run> run() {
    return Optional.of(run);
  }

  @Override
  public synchronized Meta.Frame next(long offset, int most) {
    if (offset != position) {
      throw new KurobeException(
          ErrorCode.MALFORMED_REQUEST,
          "the client wants row " + offset + ", but row " + position + " is next");
    }
    List<Object> rows = new ArrayList<>();
    if (!done) {
      run.read(
          () -> {
            do {
              fill(rows, most);
            } while (rows.isEmpty() && !done && !habits.asksAgain());
            return rows;
          });
    }
    long start = position;
    position += rows.size();
    return new Meta.Frame(start, done, rows);
  }

  private void fill(List<Object> rows, int most) {
    long bytes = 0;
    while (!done && rows.size() < most && bytes < FRAME_BYTES) {
      if (rowInBatch == rowsInBatch && !advance(rows.isEmpty() ? PATIENCE : MOMENT)) {
        return;
      }
      while (rowInBatch < rowsInBatch && rows.size() < most && bytes < FRAME_BYTES) {
        @Nullable Object[] row = new @Nullable Object[readers.size()];
        for (int i = 0; i < row.length; i++) {
          Object value = readers.get(i).read(rowInBatch);
          row[i] = value;
          bytes += size(value);
        }
        rows.add(row);
        rowInBatch++;
      }
    }
    // A client that learns at once that these were the last rows need not ask again.
    if (!done && rowInBatch == rowsInBatch && !rows.isEmpty()) {
      advance(MOMENT);
    }
  }

  /** Goes to the next batch; false if there is none, or none yet. */
  private boolean advance(Duration patience) {
    Poll poll = run.poll(patience);
    if (poll instanceof Poll.Batch batch) {
      VectorSchemaRoot root = batch.root();
      readers =
          root.getFieldVectors().stream()
              .map(vector -> CellReader.of(vector, run.session().zone(), habits.form()))
              .toList();
      rowInBatch = 0;
      rowsInBatch = batch.rows();
      if (habits.form() == WireForm.STOCK && !cut) {
        cut = root.getFieldVectors().stream().anyMatch(v -> MillisecondCut.isIn(v, rowsInBatch));
        if (cut) {
          run.shortened("a time was cut to milliseconds, as this client reads no finer ones");
        }
      }
      return true;
    }
    done = poll instanceof Poll.End;
    return false;
  }

  private static long size(@Nullable Object value) {
    if (value instanceof String text) {
      return 8L + text.length();
    }
    if (value instanceof byte[] data) {
      return 8L + data.length;
    }
    if (value instanceof List<?> list) {
      long sum = 16;
      for (Object element : list) {
        sum += size(element);
      }
      return sum;
    }
    return 8;
  }
}
