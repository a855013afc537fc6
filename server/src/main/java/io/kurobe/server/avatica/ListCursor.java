package io.kurobe.server.avatica;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import org.apache.calcite.avatica.Meta;

/** Frames of rows that are all there, as those of metadata are. */
record ListCursor(List<Object> rows) implements RowCursor {
  @Override
  public Meta.Frame next(long offset, int most) {
    if (offset < 0 || offset > rows.size()) {
      throw new KurobeException(ErrorCode.MALFORMED_REQUEST, "the result has no row " + offset);
    }
    int from = (int) offset;
    int to = (int) Math.min(rows.size(), offset + most);
    return new Meta.Frame(offset, to == rows.size(), rows.subList(from, to));
  }
}
