package io.kurobe.server.command;

import java.sql.SQLException;
import java.sql.Statement;

/** While open, Ctrl-C cancels the statement on the server before the program ends. */
final class InterruptCancel implements AutoCloseable {
  private final Thread hook;

  InterruptCancel(Statement statement) {
    hook = new Thread(() -> cancel(statement), "cancel");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // The program ends anyway, and the server expires what nobody fetches.
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending: the hook is running or has run.
    }
  }
}
