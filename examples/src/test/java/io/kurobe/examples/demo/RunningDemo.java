package io.kurobe.examples.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A small demo, started once for all tests that take it as a parameter. Its shop reaches up to
 * yesterday, so that "last month" means something in it.
 */
final class RunningDemo implements AutoCloseable {
  private final Path directory;
  private final Demo demo;
  private final String url;

  private RunningDemo() {
    try {
      directory = Files.createTempDirectory("kurobe-demo");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    demo =
        new Demo(
            new Demo.Settings(directory.resolve("data"), 0, 0.02),
            Clock.systemUTC(),
            new PrintWriter(new StringWriter()));
    url = demo.start();
  }

  String url() {
    return url;
  }

  /** The address of the Avatica endpoint. */
  String http() {
    return "http://" + url.substring("jdbc:kurobe://".length());
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  @Override
  public void close() throws IOException {
    demo.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Gives the demo to the parameters of tests. */
  static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningDemo.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(RunningDemo.class, key -> new RunningDemo(), RunningDemo.class);
    }
  }
}
