package io.kurobe.examples.shop;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.duckdb.DuckDBConnection;

/**
 * Makes the shop: its tables in an empty PostgreSQL database and an empty DuckDB file, filled and
 * with keys and comments. Half a shop is left behind by a failure or a kill; the caller starts over
 * with empty ones.
 */
public final class ShopLoader {
  private final DataSource postgres;
  private final Path duckDb;
  private final Consumer<String> progress;

  /**
   * A loader.
   *
   * @param postgres an empty database
   * @param duckDb a file that does not exist yet
   * @param progress is told what goes on, a line each
   */
  public ShopLoader(DataSource postgres, Path duckDb, Consumer<String> progress) {
    this.postgres = requireNonNull(postgres, "postgres is null");
    this.duckDb = requireNonNull(duckDb, "duckDb is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  /** Creates, fills and indexes everything. */
  public void load(ShopSize size) throws SQLException {
    script(postgres, "shop.sql");
    try (var connection =
        DriverManager.getConnection("jdbc:duckdb:" + duckDb).unwrap(DuckDBConnection.class)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(Lines.text("web.sql"));
      }
      fill(size, connection);
    }
    long start = System.nanoTime();
    progress.accept("adding keys and indexes…");
    script(postgres, "shop-keys.sql");
    progress.accept("keys and indexes done in " + seconds(start));
  }

  private void fill(ShopSize size, DuckDBConnection connection) {
    long start = System.nanoTime();
    progress.accept(
        "creating about %,d orders from %s to %s, and the web sessions behind them…"
            .formatted((long) (100_000 * size.scale()), size.from(), size.until()));
    try (var sales = new CopyTables(postgres);
        var web = new AppenderTables(connection)) {
      new Shop(size, sales, web).run();
      sales.finish();
      web.finish();
      progress.accept(
          "%,d orders of %,d customers, %,d web sessions with %,d page views done in %s"
              .formatted(
                  sales.count("orders"),
                  sales.count("customers"),
                  web.count("web_sessions"),
                  web.count("page_views"),
                  seconds(start)));
    }
  }

  private static void script(DataSource database, String file) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Lines.text(file));
    }
  }

  private static String seconds(long startNanos) {
    return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0);
  }
}
