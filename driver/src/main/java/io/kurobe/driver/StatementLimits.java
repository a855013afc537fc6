package io.kurobe.driver;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What may be asked of statements and results by number. */
final class StatementLimits {
  private StatementLimits() {}

  static long notNegative(long number, String what) throws SQLException {
    if (number < 0) {
      throw SqlErrors.of("22023", what + " is " + number + ", expected 0 or more");
    }
    return number;
  }

  /** A hint of any direction will do. */
  static int direction(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD
        && direction != ResultSet.FETCH_REVERSE
        && direction != ResultSet.FETCH_UNKNOWN) {
      throw SqlErrors.of("22023", "there is no fetch direction " + direction);
    }
    return direction;
  }

  /** Values come whole. */
  static void noFieldSize(int bytes) throws SQLException {
    if (notNegative(bytes, "the most bytes of a field") > 0) {
      throw SqlErrors.unsupported("cutting fields");
    }
  }
}
