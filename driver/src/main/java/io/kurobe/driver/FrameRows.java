package io.kurobe.driver;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * The rows of Avatica's frames: of metadata, and of servers that speak nothing else. An empty frame
 * that is not the last is the server's sign of life.
 */
final class FrameRows implements Rows {
  private static final int DEFAULT_FRAME_ROWS = 5_000;

  private final Meta meta;
  private final AvaticaStatement statement;
  private final ServerStatement owner;
  private final Meta.CursorFactory shape;
  private final long limit;
  private Meta.Frame frame;
  private Iterator<Object> rows;
  private List<?> row = List.of();
  private long offset;

  FrameRows(
      Meta meta,
      AvaticaStatement statement,
      ServerStatement owner,
      Meta.CursorFactory shape,
      Meta.@Nullable Frame first) {
    this.meta = meta;
    this.statement = statement;
    this.owner = owner;
    this.shape = shape;
    this.limit = owner.rowLimit() == 0 ? Long.MAX_VALUE : owner.rowLimit();
    this.frame = first == null ? Meta.Frame.MORE : first;
    this.rows = frame.rows.iterator();
  }

  @Override
  public boolean next() throws SQLException {
    Cancellation cancellation = owner.cancellation();
    int timeout = owner.getQueryTimeout();
    cancellation.check(timeout);
    if (offset >= limit) {
      cancellation.end();
      return false;
    }
    while (!rows.hasNext()) {
      if (frame.done) {
        cancellation.end();
        return false;
      }
      frame = cancellation.run(timeout, () -> meta.fetch(statement.handle, offset, frameRows()));
      cancellation.check(timeout);
      rows = frame.rows.iterator();
    }
    offset++;
    row = cells(rows.next());
    return true;
  }

  @Override
  public int width() {
    return row.size();
  }

  @Override
  public @Nullable Object value(int column) {
    return row.get(column);
  }

  /** The server ends the result with its statement. */
  @Override
  public void close() {}

  private int frameRows() {
    return owner.pageRows() > 0 ? owner.pageRows() : DEFAULT_FRAME_ROWS;
  }

  private List<?> cells(Object row) {
    if (row instanceof List) {
      return (List<?>) row;
    }
    if (row instanceof Object[]) {
      return Arrays.asList((Object[]) row);
    }
    if (row instanceof Map && shape.fieldNames != null) {
      Map<?, ?> map = (Map<?, ?>) row;
      Object[] cells = new Object[shape.fieldNames.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = map.get(shape.fieldNames.get(i));
      }
      return Arrays.asList(cells);
    }
    return Collections.singletonList(row);
  }
}
