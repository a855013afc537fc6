package io.kurobe.adapters.trino;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.jdbc.JdbcBatchStream;
import io.kurobe.adapters.jdbc.JdbcRead;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlDialect;

/** One catalog of a Trino cluster. */
final class TrinoSource implements Source {
  private final SourceConfig config;
  private final BufferAllocator allocator;
  private final TrinoErrors errors;
  private final TrinoConnections connections;

  private interface Work<T> {
    T run(Statement statement) throws SQLException;
  }

  TrinoSource(SourceConfig config, BufferAllocator allocator) {
    this.config = config;
    this.allocator = allocator;
    this.errors = new TrinoErrors(config.name());
    this.connections = new TrinoConnections(config);
  }

  @Override
  public SourceConfig config() {
    return config;
  }

  @Override
  public String defaultSchema() {
    return config.defaultSchema().orElse(connections.schema());
  }

  @Override
  public CatalogMetadata readCatalog() {
    return run(
        statement ->
            new TrinoCatalogReader(config.name(), connections.catalog(), config.schemas())
                .read(statement));
  }

  @Override
  public Optional<CatalogMetadata> readCatalog(String clusterCatalog) {
    return Optional.of(
        run(
            statement ->
                new TrinoCatalogReader(config.name(), clusterCatalog, List.of()).read(statement)));
  }

  @Override
  public Optional<TableStatistics> statistics(String schema, String table) {
    return run(statement -> TrinoStatisticsReader.read(statement, schema, table));
  }

  @Override
  public SqlDialect dialect() {
    return TrinoDialect.INSTANCE;
  }

  @Override
  public Capabilities capabilities() {
    return TrinoCapabilities.CAPABILITIES;
  }

  /** JSON is compared with no text there, nor an address of IP. */
  @Override
  public boolean isPlainText(String nativeType) {
    return !nativeType.equals("json") && !nativeType.equals("ipaddress");
  }

  /** A cast would take the text out of a document that is one, and refuse any other. */
  @Override
  public Optional<String> textFunction(String nativeType) {
    return nativeType.equals("json") ? Optional.of("json_format") : Optional.empty();
  }

  @Override
  public BatchStream read(ReadRequest request) {
    var read =
        new JdbcRead(
            () -> connections.open(request.zone(), request.timeout()),
            request,
            new PlannedTables(request, config.name(), connections.catalog())::check,
            TrinoValues::standard,
            errors::of,
            config.name());
    return new JdbcBatchStream(read, allocator);
  }

  @Override
  public Health health() {
    try {
      return Health.up(
          run(
              statement -> {
                statement.execute("SELECT 1");
                return "Trino "
                    + statement.getConnection().getMetaData().getDatabaseProductVersion();
              }));
    } catch (KurobeException e) {
      return Health.down(e.getMessage());
    }
  }

  private <T> T run(Work<T> work) {
    try (Connection connection = connections.open(ZoneOffset.UTC, config.timeout());
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(Math.toIntExact(Math.max(1, config.timeout().toSeconds())));
      return work.run(statement);
    } catch (SQLException | RuntimeException e) {
      throw errors.of(e);
    }
  }

  @Override
  public void close() {
    // A connection lives as long as what it was opened for.
  }
}
