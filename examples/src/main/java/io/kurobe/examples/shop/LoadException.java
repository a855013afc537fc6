package io.kurobe.examples.shop;

import java.sql.SQLException;

/** A table of the shop could not be filled; the cause says why. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LoadException(String table, SQLException cause) {
    super("could not fill " + table + ": " + firstLine(cause), cause);
  }

  private static String firstLine(SQLException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message");
  }
}
