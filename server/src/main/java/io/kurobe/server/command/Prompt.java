package io.kurobe.server.command;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.Optional;

/** Statements typed at a terminal, over lines until a semicolon. An error does not end it. */
final class Prompt {
  private final Console console;
  private final StatementRunner runner;
  private final PrintWriter out;

  Prompt(Console console, StatementRunner runner, PrintWriter out) {
    this.console = console;
    this.runner = runner;
    this.out = out;
  }

  void run() throws IOException {
    out.println("End statements with ; and leave with exit; or Ctrl-D.");
    out.flush();
    StatementReader reader = new StatementReader(new Lines(console));
    for (Optional<String> sql = reader.next(); sql.isPresent(); sql = reader.next()) {
      if (sql.get().equalsIgnoreCase("exit") || sql.get().equalsIgnoreCase("quit")) {
        return;
      }
      runner.run(sql.get());
    }
  }

  /** The console's lines as characters, each asked for only when it is needed. */
  private static final class Lines extends Reader {
    private final Console console;
    private String line = "";
    private int position;
    private boolean fresh = true;

    Lines(Console console) {
      this.console = console;
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
      if (position == line.length()) {
        String next = console.readLine(fresh ? "kurobe> " : "     -> ");
        if (next == null) {
          return -1;
        }
        line = next + "\n";
        position = 0;
        fresh = next.stripTrailing().endsWith(";") || (fresh && next.isBlank());
      }
      int count = Math.min(length, line.length() - position);
      line.getChars(position, position + count, buffer, offset);
      position += count;
      return count;
    }

    @Override
    public void close() {
      // The console is the program's.
    }
  }
}
