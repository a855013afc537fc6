package io.kurobe.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** A process that has a DuckDB file open for writing, which locks it, until it is closed. */
record WritingProcess(Process process) implements AutoCloseable {
  /** Opens a file, which is made if it is not there, and runs a script in it. */
  static WritingProcess of(Path file, String script) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                classPath,
                WritingProcess.class.getName(),
                file.toString(),
                script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() < 0) {
      throw new IOException("the file was not opened");
    }
    return new WritingProcess(process);
  }

  /** What the process does: it says one byte once it has the file, and ends with its input. */
  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute(arguments[1]);
      System.out.write('.');
      System.out.flush();
      System.in.read();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
