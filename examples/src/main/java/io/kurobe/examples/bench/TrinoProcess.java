package io.kurobe.examples.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Trino on loopback with catalogs of our choice. {@link #close} stops it. */
final class TrinoProcess implements AutoCloseable {
  private static final String USER = "kurobe";
  private static final long START_SECONDS = 240;

  private final Process process;
  private final int port;

  private TrinoProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param catalogs the text of each catalog's properties
   * @throws BenchException if it does not start
   */
  static TrinoProcess start(
      BenchDirectory directory, Path installed, Path java, Map<String, String> catalogs)
      throws IOException {
    Path data = Files.createDirectories(directory.file("trino-data"));
    int port = freePort();
    configure(data, installed, port, catalogs);
    Path log = data.resolve("trino.log");
    Process process =
        new ProcessBuilder(command(java, installed, data))
            .directory(data.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var trino = new TrinoProcess(process, port);
    try {
      trino.await(log);
      return trino;
    } catch (BenchException e) {
      trino.close();
      throw e;
    }
  }

  private static void configure(Path data, Path installed, int port, Map<String, String> catalogs)
      throws IOException {
    Path directory = Files.createDirectories(data.resolve("catalog"));
    try (var old = Files.list(directory)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> catalog : catalogs.entrySet()) {
      Files.writeString(directory.resolve(catalog.getKey() + ".properties"), catalog.getValue());
    }
    Map<String, String> config = new LinkedHashMap<>();
    config.put("coordinator", "true");
    config.put("node-scheduler.include-coordinator", "true");
    config.put("http-server.http.port", Integer.toString(port));
    config.put("discovery.uri", "http://127.0.0.1:" + port);
    config.put("query.max-memory-per-node", "1GB");
    config.put("memory.heap-headroom-per-node", "400MB");
    config.put("plugin.dir", installed.resolve("plugin").toString());
    config.put("catalog.config-dir", directory.toString());
    var text = new StringBuilder();
    config.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    Files.writeString(data.resolve("config.properties"), text);
  }

  private static List<String> command(Path java, Path installed, Path data) {
    return List.of(
        java.toString(),
        "-Xmx3g",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+EnableDynamicAgentLoading",
        "-Djdk.attach.allowAttachSelf=true",
        "-Djdk.nio.maxCachedBufferSize=2000000",
        "-Dfile.encoding=UTF-8",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Duser.timezone=UTC",
        "-Dnode.environment=bench",
        "-Dnode.id=kurobe-bench",
        "-Dnode.data-dir=" + data.resolve("data"),
        "-Dnode.bind-ip=127.0.0.1",
        "-Dnode.internal-address=127.0.0.1",
        "-Dconfig=" + data.resolve("config.properties"),
        "-cp",
        installed.resolve("lib") + "/*",
        "io.trino.server.TrinoServer");
  }

  private void await(Path log) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try {
      while (System.nanoTime() < deadline && process.isAlive()) {
        if (answers()) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
    throw new BenchException("Trino did not start; its log is " + log);
  }

  /** The node finds itself only some moments after the server says that it has started. */
  private boolean answers() {
    try (Connection connection = connect("system/runtime");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM nodes WHERE state = 'active'")) {
      return rows.next() && rows.getLong(1) > 0;
    } catch (SQLException e) {
      return false;
    }
  }

  Connection connect(String catalogAndSchema) throws SQLException {
    return DriverManager.getConnection(url(catalogAndSchema), USER, null);
  }

  String url(String catalogAndSchema) {
    return "jdbc:trino://127.0.0.1:" + port + "/" + catalogAndSchema;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        System.getLogger(TrinoProcess.class.getName())
            .log(System.Logger.Level.WARNING, "Trino did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
