package io.kurobe.server.command;

import java.io.Console;
import java.util.Optional;

/** Whether a person sits before the program. */
final class Terminal {
  private Terminal() {}

  /** The console, if the standard input and output are one. */
  static Optional<Console> console() {
    Console console = System.console();
    return console != null && isTerminal(console) ? Optional.of(console) : Optional.empty();
  }

  /** From Java 22 on there is always a console, and a method that says what it is. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
