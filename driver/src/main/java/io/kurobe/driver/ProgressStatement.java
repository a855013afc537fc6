package io.kurobe.driver;

import java.sql.SQLException;
import java.util.Optional;

/**
 * A statement that can be asked how far it is while another thread waits for it or reads its
 * result: {@code statement.unwrap(ProgressStatement.class).progress()}.
 */
public interface ProgressStatement {
  /**
   * How far what runs is, which is asked of the server. Any thread may call this.
   *
   * @return empty if nothing is at work, or the server does not tell
   */
  Optional<StatementProgress> progress() throws SQLException;
}
