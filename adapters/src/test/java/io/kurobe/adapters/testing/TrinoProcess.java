package io.kurobe.adapters.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Trino of one node on the loopback, stopped with the JVM. One thread at a time uses it. */
public final class TrinoProcess {
  static final int MINIMUM_JAVA = 24;
  private static final Duration START = Duration.ofMinutes(4);

  private final TrinoInstallation installation;
  private final Path data;
  private final int port;
  private Process process;

  private TrinoProcess(TrinoInstallation installation, Path data, int port) throws IOException {
    this.installation = installation;
    this.data = data;
    this.port = port;
    this.process = launch();
  }

  private Path log() {
    return data.resolve("trino.log");
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command(installation.home(), data))
        .directory(data.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Starts it again at the same port, and waits until it runs queries; what it held is gone. */
  public void restart() throws IOException, InterruptedException {
    process = launch();
    await(process, port, log());
  }

  /** The JDBC URL of a catalog or of one of its schemas. */
  public String url(String catalog) {
    return "jdbc:trino://127.0.0.1:" + port + "/" + catalog;
  }

  /**
   * Starts one and waits until it runs queries.
   *
   * @param catalogs the properties of each catalog, by its name; {@code tpch} among them, which is
   *     asked whether it has begun
   * @param spooling where it spools results to; without one it gives them itself
   */
  static TrinoProcess start(
      TrinoInstallation installation,
      Map<String, String> catalogs,
      Optional<ObjectStore> spooling) {
    try {
      Path data = Files.createTempDirectory("kurobe-trino");
      int port = FreePort.find();
      configure(data, installation, catalogs, port, spooling);
      TrinoProcess started = new TrinoProcess(installation, data, port);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started.process, data)));
      await(started.process, port, started.log());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("Trino did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Trino started", e);
    }
  }

  /** The Java that can run Trino; empty if there is none. */
  static Optional<Path> java() {
    List<Path> homes = new ArrayList<>();
    for (String variable : List.of("KUROBE_TEST_TRINO_JAVA_HOME", "JAVA_HOME")) {
      Optional.ofNullable(System.getenv(variable)).map(Path::of).ifPresent(homes::add);
    }
    homes.add(Path.of(System.getProperty("java.home")));
    String user = System.getProperty("user.home");
    for (String parent :
        List.of(
            "/usr/lib/jvm",
            "/opt",
            "/opt/java",
            "/Library/Java/JavaVirtualMachines",
            user + "/.sdkman/candidates/java",
            user + "/.jdks")) {
      if (Files.isDirectory(Path.of(parent))) {
        try (Stream<Path> children = Files.list(Path.of(parent))) {
          children.sorted().forEach(child -> homes.add(child));
        } catch (IOException e) {
          // A directory that cannot be listed holds no JDK for us.
        }
      }
    }
    return homes.stream()
        .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
        .filter(home -> release(home) >= MINIMUM_JAVA)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The feature release that a JDK's own file {@code release} names; 0 if there is none. */
  private static int release(Path home) {
    try (BufferedReader lines = Files.newBufferedReader(home.resolve("release"))) {
      return lines
          .lines()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static void configure(
      Path data,
      TrinoInstallation installation,
      Map<String, String> catalogs,
      int port,
      Optional<ObjectStore> spooling)
      throws IOException {
    Path directory = Files.createDirectories(data.resolve("catalog"));
    for (Map.Entry<String, String> catalog : catalogs.entrySet()) {
      Files.writeString(directory.resolve(catalog.getKey() + ".properties"), catalog.getValue());
    }
    Map<String, String> config =
        Map.of(
            "coordinator",
            "true",
            "node-scheduler.include-coordinator",
            "true",
            "http-server.http.port",
            Integer.toString(port),
            "discovery.uri",
            "http://127.0.0.1:" + port,
            "query.max-memory-per-node",
            "400MB",
            "memory.heap-headroom-per-node",
            "200MB",
            "plugin.dir",
            installation.plugins().toString(),
            "catalog.config-dir",
            directory.toString());
    var text = new StringBuilder();
    config.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    Path etc = Files.createDirectories(data.resolve("etc"));
    refuseTheGuest(etc);
    if (spooling.isPresent()) {
      text.append("protocol.spooling.enabled=true\nprotocol.spooling.shared-secret-key=")
          .append(Base64.getEncoder().encodeToString(new byte[32]))
          .append('\n');
      Files.writeString(
          etc.resolve("spooling-manager.properties"), spoolingTo(spooling.get().endpoint()));
    }
    Files.writeString(data.resolve("config.properties"), text);
  }

  /** Everyone may do everything, but the user {@code guest} sees nothing of the cluster itself. */
  private static void refuseTheGuest(Path etc) throws IOException {
    Path rules =
        Files.writeString(
            etc.resolve("rules.json"),
            """
            {"catalogs": [
              {"user": "guest", "catalog": "system", "allow": "none"},
              {"allow": "all"}
            ],
            "procedures": [
              {"user": "guest", "catalog": "system", "privileges": []},
              {"privileges": ["EXECUTE", "GRANT_EXECUTE"]}
            ]}
            """);
    Files.writeString(
        etc.resolve("access-control.properties"),
        "access-control.name=file\nsecurity.config-file=" + rules + "\n");
  }

  private static String spoolingTo(String endpoint) {
    return "spooling-manager.name=filesystem\n"
        + "fs.s3.enabled=true\n"
        + "fs.location=s3://spooled/\n"
        + "fs.segment.encryption=false\n"
        + "fs.segment.pruning.enabled=false\n"
        + "s3.region=nowhere\n"
        + "s3.path-style-access=true\n"
        + "s3.aws-access-key=kurobe\n"
        + "s3.aws-secret-key=kurobe\n"
        + "s3.endpoint="
        + endpoint
        + "\n";
  }

  private static List<String> command(Path installed, Path data) {
    return List.of(
        java().orElseThrow().toString(),
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+EnableDynamicAgentLoading",
        "-Djdk.attach.allowAttachSelf=true",
        "-Djdk.nio.maxCachedBufferSize=2000000",
        "-Dfile.encoding=UTF-8",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Duser.timezone=UTC",
        "-Dnode.environment=test",
        "-Dnode.id=kurobe-test",
        "-Dnode.data-dir=" + data.resolve("data"),
        "-Dnode.bind-ip=127.0.0.1",
        "-Dnode.internal-address=127.0.0.1",
        "-Dconfig=" + data.resolve("config.properties"),
        "-cp",
        installed.resolve("lib") + "/*",
        "io.trino.server.TrinoServer");
  }

  private static void await(Process process, int port, Path log)
      throws IOException, InterruptedException {
    var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/info"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        String info = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        if (info.contains("\"starting\":false") && runsQueries(port)) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(log);
    throw new IllegalStateException(
        "Trino did not start within "
            + START.toSeconds()
            + " s; the end of its log:\n"
            + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())));
  }

  /** The node finds itself only some moments after the server says that it has started. */
  private static boolean runsQueries(int port) {
    String url = "jdbc:trino://127.0.0.1:" + port + "/tpch/tiny";
    try (var connection = DriverManager.getConnection(url, "test", null);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM region")) {
      return rows.next();
    } catch (SQLException e) {
      return false;
    }
  }

  private static void stop(Process process, Path data) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      try (Stream<Path> files = Files.walk(data)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException | UncheckedIOException e) {
      // A leftover in the temporary directory harms nobody.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
