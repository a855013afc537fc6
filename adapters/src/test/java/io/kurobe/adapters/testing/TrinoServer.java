package io.kurobe.adapters.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/**
 * One real Trino for the whole JVM, with the catalogs {@code tpch}, {@code tpch_decimal} (columns
 * named and typed as TPC-H does) and {@code memory}, started when its URL is first asked for and
 * stopped with the JVM; and, for whoever asks, a full one with catalogs of the test's.
 *
 * <p>Trino needs JDK 24 or later. Without one, tests that ask for it are aborted, or fail where the
 * environment says {@code CI=true}.
 */
public final class TrinoServer {
  private TrinoServer() {}

  /**
   * The JDBC URL of a catalog or, as {@code memory/default}, of one of its schemas; the server
   * gives results itself.
   */
  public static String url(String catalog) {
    requireJava();
    return Holder.SERVER.url(catalog) + "?sessionProperties=spooling_enabled:false";
  }

  /** The same, but results of more than 1,000 rows are fetched from where they are spooled to. */
  public static String spooledUrl(String catalog) {
    requireJava();
    return Holder.SERVER.url(catalog) + "?sessionProperties=spooling_inlining_max_rows:1000";
  }

  /** How many parts of results were fetched from the store so far. */
  public static int fetchedSegments() {
    return Holder.STORE.got();
  }

  /** How many parts of results are in the store. */
  public static int spooledSegments() {
    return Holder.STORE.size();
  }

  /**
   * Another one with the catalogs {@code tpch} and {@code memory}, for a test that kills it; it
   * takes as long to start as the one of all.
   */
  public static TrinoProcess own() throws IOException, InterruptedException {
    requireJava();
    return TrinoProcess.start(
        TrinoInstallation.core(),
        Map.of(
            "tpch", "connector.name=tpch\ntpch.splits-per-node=2\n",
            "memory", "connector.name=memory\n"),
        Optional.empty());
  }

  /** Aborts the test, or fails it in CI, where no JDK can run Trino. */
  public static void requireJava() {
    if (TrinoProcess.java().isEmpty()) {
      untested(
          "it needs JDK "
              + TrinoProcess.MINIMUM_JAVA
              + " or later; name one in KUROBE_TEST_TRINO_JAVA_HOME");
    }
  }

  /**
   * Starts a full Trino that sees other databases, besides {@code memory}; the JDBC URL of that.
   *
   * @param catalogs the properties of each catalog, by its name; the connector is {@code
   *     postgresql} or {@code duckdb}
   */
  public static String full(Map<String, String> catalogs) {
    requireJava();
    try {
      if (!TrinoInstallation.hasFull()) {
        untested("the full server is not here; the profile conformance brings it");
      }
      Map<String, String> all = new TreeMap<>(catalogs);
      all.put("memory", "connector.name=memory\n");
      all.put("tpch", "connector.name=tpch\n");
      return TrinoProcess.start(
              TrinoInstallation.full(
                  List.of("memory", "tpch", "geospatial", "postgresql", "duckdb")),
              all,
              Optional.empty())
          .url("memory/default");
    } catch (IOException e) {
      throw new UncheckedIOException("the full Trino did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Trino started", e);
    }
  }

  private static void untested(String why) {
    String message = "Trino is NOT TESTED: " + why;
    System.err.println("*** " + message);
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    Assumptions.abort(message);
  }

  /** Starts the server on first use. */
  private static final class Holder {
    static final ObjectStore STORE = ObjectStore.start();
    static final TrinoProcess SERVER = start();

    private static TrinoProcess start() {
      try {
        return TrinoProcess.start(
            TrinoInstallation.core(),
            Map.of(
                "tpch",
                "connector.name=tpch\ntpch.splits-per-node=2\ntpch.column-naming=SIMPLIFIED\n",
                "tpch_decimal",
                "connector.name=tpch\ntpch.splits-per-node=2\ntpch.column-naming=STANDARD\n"
                    + "tpch.double-type-mapping=DECIMAL\n",
                "memory",
                "connector.name=memory\n"),
            Optional.of(STORE));
      } catch (IOException e) {
        throw new UncheckedIOException("Trino did not start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while Trino started", e);
      }
    }
  }
}
