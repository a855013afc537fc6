package io.kurobe.driver;

import io.kurobe.driver.arrow.Batch;
import io.kurobe.driver.arrow.StreamReader;
import io.kurobe.driver.http.HttpAnswer;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one result, page by page. While the batches of a page are read the next page is on
 * its way, and nothing more: that is all a caller who stalls holds. One thread at a time uses it,
 * which closes it.
 */
final class ColumnarResult {
  private final ColumnarWire wire;
  private final int statement;
  private final int pageRows;
  private final StreamReader stream = new StreamReader();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private @Nullable CompletableFuture<HttpAnswer> ahead;
  private boolean more;
  private long received;

  /** A result whose first page is here. */
  ColumnarResult(ColumnarWire wire, int statement, int pageRows, Reply first) throws SQLException {
    this.wire = wire;
    this.statement = statement;
    this.pageRows = pageRows;
    take(first);
  }

  /** What the result gives, as the first page says. */
  Meta.Signature signature() throws SQLException {
    String json =
        stream.metadata("kurobe.signature").orElseThrow(() -> SqlErrors.notUnderstood(null));
    return ColumnarWire.signature(json);
  }

  /** Whether the next batch has to be waited for. */
  boolean waits() {
    return batches.isEmpty() && more;
  }

  /** The next batch; null when there is none, which is the end unless it {@link #waits}. */
  @Nullable Batch next() throws SQLException {
    if (waits()) {
      CompletableFuture<HttpAnswer> page = ahead == null ? fetch() : ahead;
      ahead = null;
      take(wire.arrived(page));
    }
    return batches.poll();
  }

  private void take(Reply page) throws SQLException {
    for (Batch batch : stream.read(page.body())) {
      received += batch.rows();
      batches.add(batch);
    }
    more = page.state() == Reply.State.MORE;
    if (more == stream.ended()) {
      throw SqlErrors.notUnderstood(null);
    }
    if (more && ahead == null) {
      ahead = fetch();
    }
  }

  private CompletableFuture<HttpAnswer> fetch() {
    return wire.fetchAhead(statement, received, pageRows);
  }

  /** Leaves what was not read. */
  void close() {
    if (more) {
      more = false;
      ahead = null;
      wire.leave(statement);
    }
    batches.clear();
  }
}
