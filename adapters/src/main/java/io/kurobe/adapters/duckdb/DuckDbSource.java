package io.kurobe.adapters.duckdb;

import static io.kurobe.adapters.embedded.DuckDbInstance.quote;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.embedded.CancellableStream;
import io.kurobe.adapters.embedded.DuckDbErrors;
import io.kurobe.adapters.embedded.DuckDbQuery;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.source.TableStatistics;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlDialect;
import org.duckdb.DuckDBConnection;

/** A DuckDB file, or views over files, attached to the DuckDB instance of the process. */
final class DuckDbSource implements Source {
  /** How long a question about health waits for a file that is being opened. */
  private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(2);

  private final SourceConfig config;
  private final SourceRuntime runtime;
  private final DuckDbAttachment attachment;
  private final AttachedColumns columns;

  DuckDbSource(SourceConfig config, SourceRuntime runtime) {
    this.config = config;
    this.runtime = runtime;
    this.attachment = new DuckDbAttachment(config, runtime.duckDb());
    this.columns = new AttachedColumns(config.name(), runtime.duckDb());
  }

  @Override
  public SourceConfig config() {
    return config;
  }

  @Override
  public String defaultSchema() {
    return config.defaultSchema().orElse("main");
  }

  @Override
  public CatalogMetadata readCatalog() {
    String database = attachment.renewed();
    try (DuckDBConnection connection = runtime.duckDb().connect()) {
      CatalogMetadata catalog = new DuckDbCatalogReader(config, database, connection).read();
      columns.remember(database, catalog);
      return catalog;
    } catch (SQLException e) {
      throw DuckDbErrors.ofSource(name(), e);
    }
  }

  @Override
  public Optional<TableStatistics> statistics(String schema, String table) {
    String database = attachment.name();
    try (DuckDBConnection connection = runtime.duckDb().connect()) {
      return new DuckDbStatisticsReader(database, connection).read(schema, table);
    } catch (SQLException e) {
      throw DuckDbErrors.ofSource(name(), e);
    }
  }

  @Override
  public SqlDialect dialect() {
    return DuckDbDialect.INSTANCE;
  }

  /** None are asked for: the file is attached, so that its tables are the engine's own. */
  @Override
  public Capabilities capabilities() {
    return Capabilities.NONE;
  }

  @Override
  public Optional<String> attachedAs() {
    return Optional.of(attachment.name());
  }

  @Override
  public Optional<String> randomBlocks(double percent) {
    return Optional.of(String.format(Locale.ROOT, "TABLESAMPLE SYSTEM (%.6f PERCENT)", percent));
  }

  @Override
  public BatchStream read(ReadRequest request) {
    String database = attachment.name();
    DuckDBConnection connection = runtime.duckDb().connect(request.zone());
    BufferAllocator allocator =
        runtime.allocator().newChildAllocator("source " + name(), 0, Long.MAX_VALUE);
    try {
      use(connection, database);
      CancellableStream rows =
          DuckDbQuery.run(
              connection,
              request.sql(),
              request.columns(),
              allocator,
              request.batchRows(),
              error -> DuckDbErrors.ofSource(name(), error));
      return new DuckDbSourceStream(
          compared(rows, database, request), request.timeout(), name(), allocator, connection);
    } catch (SQLException | RuntimeException e) {
      allocator.close();
      try (connection) {
        throw DuckDbErrors.ofSource(name(), e);
      } catch (SQLException closing) {
        throw DuckDbErrors.ofSource(name(), closing);
      }
    }
  }

  private CancellableStream compared(
      CancellableStream bound, String database, ReadRequest request) {
    try {
      columns.compare(database, request.tables());
      return bound;
    } catch (RuntimeException e) {
      bound.close();
      throw e;
    }
  }

  @Override
  public void requireUnaltered(List<PlannedTable> tables) {
    columns.compare(attachment.name(), tables);
  }

  @Override
  public KurobeException told(KurobeException error) {
    return attachment
        .tableSpokenOf(error.getMessage())
        .map(table -> error.arisenIn("table " + table + " of source " + name()))
        .orElse(error);
  }

  private void use(DuckDBConnection connection, String database) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE " + quote(database) + "." + quote(defaultSchema()));
    }
  }

  @Override
  public Health health() {
    try {
      attachment.name(HEALTH_PATIENCE);
      try (DuckDBConnection connection = runtime.duckDb().connect()) {
        return Health.up("DuckDB " + connection.getMetaData().getDatabaseProductVersion());
      }
    } catch (KurobeException e) {
      return Health.down(e.getMessage());
    } catch (SQLException e) {
      return Health.down(DuckDbErrors.ofSource(name(), e).getMessage());
    }
  }

  @Override
  public void close() {
    try {
      attachment.detach();
    } catch (SQLException e) {
      throw new KurobeException(
          ErrorCode.SOURCE_FAILED, "source " + name() + " is still in use", e);
    }
  }
}
