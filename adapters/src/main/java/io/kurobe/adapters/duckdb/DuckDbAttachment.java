package io.kurobe.adapters.duckdb;

import static io.kurobe.adapters.embedded.DuckDbInstance.literal;
import static io.kurobe.adapters.embedded.DuckDbInstance.quote;

import io.kurobe.adapters.embedded.DuckDbErrors;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;

/**
 * The database of a source in the process's DuckDB, attached under the source's name on first use,
 * and again on the next if that failed.
 */
final class DuckDbAttachment {
  private final SourceConfig config;
  private final DuckDbInstance duckDb;
  private boolean attached;

  DuckDbAttachment(SourceConfig config, DuckDbInstance duckDb) {
    this.config = config;
    this.duckDb = duckDb;
  }

  synchronized void attach() {
    if (attached) {
      return;
    }
    if (config.path().isPresent()) {
      attachFile(Path.of(config.path().get()));
    } else {
      attachViews();
    }
    attached = true;
  }

  synchronized void detach() throws SQLException {
    if (attached) {
      duckDb.detach(config.name());
      attached = false;
    }
  }

  private void attachFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw unavailable("there is no file " + file.getFileName(), null);
    }
    try {
      duckDb.attachReadOnly(config.name(), file.toAbsolutePath());
    } catch (SQLException e) {
      throw unavailable("cannot open " + file.getFileName() + ": " + reason(e), e);
    }
  }

  private void attachViews() {
    String making = "";
    try {
      duckDb.attachMemory(config.name());
      try (var connection = duckDb.connect();
          Statement statement = connection.createStatement()) {
        for (Map.Entry<String, String> table : config.tables().entrySet()) {
          making = "table " + table.getKey() + " over " + fileName(table.getValue()) + ": ";
          String name = quote(config.name()) + ".main." + quote(table.getKey());
          statement.execute("CREATE VIEW " + name + " AS SELECT * FROM " + scan(table.getValue()));
        }
      }
    } catch (SQLException e) {
      try {
        duckDb.detach(config.name());
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw unavailable(making + reason(e), e);
    }
  }

  /** Reads a file or glob by the ending of its name; relative ones from the working directory. */
  private static String scan(String file) {
    boolean remote = file.contains("://");
    String path = remote || file.startsWith("/") ? file : Path.of("").toAbsolutePath() + "/" + file;
    String lower = file.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|zst)$", "");
    String function =
        lower.endsWith(".csv") || lower.endsWith(".tsv") || lower.endsWith(".txt")
            ? "read_csv"
            : lower.endsWith(".json") || lower.endsWith(".ndjson") || lower.endsWith(".jsonl")
                ? "read_json"
                : "read_parquet";
    return function + "(" + literal(path) + ")";
  }

  private static String fileName(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** DuckDB's reason without the path, which is the host's own business. */
  private String reason(SQLException e) {
    String message = DuckDbErrors.ofSource(config.name(), e).getMessage();
    message = message.replaceFirst("^source \\S+ failed: ", "");
    return message.replaceAll("\"?/[^\\s\":]*/([^/\\s\":]+)\"?", "$1");
  }

  private KurobeException unavailable(String what, @org.jspecify.annotations.Nullable Exception e) {
    return new KurobeException(
        ErrorCode.SOURCE_UNAVAILABLE, "source " + config.name() + " is unavailable: " + what, e);
  }
}
