package io.kurobe.server.avatica;

import io.kurobe.server.statement.Run;
import java.util.Optional;
import org.apache.calcite.avatica.Meta;

/** A position in a result, from which frames are taken. One thread at a time uses it. */
interface RowCursor {
  /**
   * The next frame.
   *
   * @param offset the row the client wants next; anything but the row that is next is an error
   * @param most rows in the frame at most
   */
  Meta.Frame next(long offset, int most);

  /** The statement whose rows these are; empty for rows of none. */
  default Optional<Run> run() {
    return Optional.empty();
  }
}
