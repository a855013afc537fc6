package io.kurobe.driver;

import java.sql.SQLException;

/**
 * A {@link SQLException} on its way through the layers of Avatica that declare none; {@link
 * SqlErrors#translate} takes it out again.
 */
final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WireException(SQLException cause) {
    super(cause.getMessage(), cause);
  }

  SQLException sqlException() {
    return (SQLException) getCause();
  }
}
