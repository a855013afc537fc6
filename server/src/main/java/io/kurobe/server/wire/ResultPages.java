package io.kurobe.server.wire;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.statement.Run;
import io.kurobe.server.statement.Run.Poll;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The pages of a statement at work: bounded in rows and in bytes, and never late. When no row comes
 * in time the page has none and is not the last, so that the client's request ends and it asks
 * again.
 *
 * <p>A page is a copy. Once the last row of a batch has been copied, the next batch is loaded into
 * the same vectors, while the client reads. Threads may share it; a page is given to one of them.
 */
final class ResultPages {
  /** How long a request waits for its first row. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long a page that has rows is held back for more, or to learn that they were all. */
  private static final Duration HELD = Duration.ofMillis(50);

  /** How long a page after the first waits for a batch: what is to end in one has ended. */
  private static final Duration MOMENT = Duration.ofMillis(5);

  /** Of vectors, in one page. */
  private static final long PAGE_BYTES = 2L << 20;

  /** A page is full if it has room for no more than this: what is left is not worth a batch. */
  private static final long SCRAP_BYTES = PAGE_BYTES / 4;

  /**
   * A part of the stream.
   *
   * @param last whether it has the stream's end
   */
  record Page(ByteBuffer body, boolean last) {}

  private final Run run;
  private final Schema schema;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private long position;
  private boolean begun;
  private boolean done;
  private VectorSchemaRoot batch = VectorSchemaRoot.of();
  private RowSizes sizes = new RowSizes(List.of());
  private int rowInBatch;
  private int rowsInBatch;

  /**
   * Makes them.
   *
   * @param schema of all batches, with whatever metadata
   */
  ResultPages(Run run, Schema schema) {
    this.run = run;
    this.schema = schema;
  }

  Run run() {
    return run;
  }

  /**
   * The next page.
   *
   * @param offset the row the client wants next; anything but the row that is next is an error
   * @param wanted how much of them, and in which form
   */
  Page next(long offset, WantedPage wanted) {
    lock.lock();
    try {
      if (offset != position) {
        throw new KurobeException(
            ErrorCode.MALFORMED_REQUEST,
            "the client wants row " + offset + ", but row " + position + " is next");
      }
      ArrowStream out = new ArrowStream(wanted.compressed());
      if (!begun) {
        out.schema(schema);
        begun = true;
      }
      position += done ? 0 : run.read(() -> fill(out, wanted.rows()));
      if (done) {
        out.end();
      }
      return new Page(out.written(), done);
    } finally {
      lock.unlock();
    }
  }

  /** Writes what there is; returns how many rows that was. */
  private long fill(ArrowStream out, long most) {
    long rows = 0;
    long room = PAGE_BYTES;
    long heldUntil = 0;
    while (rows < most && room > SCRAP_BYTES) {
      if (rowInBatch == rowsInBatch && !advance(rows == 0 ? PATIENCE : momentBefore(heldUntil))) {
        return rows;
      }
      int wanted = (int) Math.min(rowsInBatch - rowInBatch, most - rows);
      int fits = sizes.fitting(rowInBatch, wanted, room);
      if (fits == 0 && rows > 0) {
        return rows;
      }
      int some = Math.max(1, fits);
      out.batch(batch, rowInBatch, some);
      heldUntil = rows == 0 ? System.nanoTime() + HELD.toNanos() : heldUntil;
      room -= sizes.bytes(rowInBatch, some);
      rowInBatch += some;
      rows += some;
      if (rowInBatch == rowsInBatch) {
        run.loadAhead();
      }
    }
    // A client that learns at once that these were the last rows need not ask again.
    if (rows == most && rowInBatch == rowsInBatch) {
      advance(momentBefore(heldUntil));
    }
    return rows;
  }

  private Duration momentBefore(long until) {
    Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    return position > 0 && left.compareTo(MOMENT) > 0 ? MOMENT : left;
  }

  /** Goes to the next batch; false if there is none, or none yet. */
  private boolean advance(Duration patience) {
    Poll poll = run.poll(patience);
    while (poll instanceof Poll.Batch next) {
      if (next.rows() > 0) {
        batch = next.root();
        check(batch.getSchema().getFields(), schema.getFields());
        sizes = new RowSizes(batch.getFieldVectors());
        rowInBatch = 0;
        rowsInBatch = next.rows();
        return true;
      }
      poll = run.poll(patience);
    }
    done = poll instanceof Poll.End;
    return false;
  }

  private static void check(List<Field> given, List<Field> promised) {
    boolean alike = given.size() == promised.size();
    for (int i = 0; alike && i < given.size(); i++) {
      if (!given.get(i).getType().equals(promised.get(i).getType())) {
        throw new IllegalStateException(
            "a batch has " + given.get(i) + " where " + promised.get(i) + " was promised");
      }
      check(given.get(i).getChildren(), promised.get(i).getChildren());
    }
    if (!alike) {
      throw new IllegalStateException(given + " are not the columns promised: " + promised);
    }
  }
}
