package io.kurobe.adapters.postgres;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlDialect;

/** A PostgreSQL database. */
final class PostgresSource implements Source {
  private static final List<String> PLAIN_TEXT =
      List.of("text", "varchar", "character", "char", "bpchar");

  private final SourceConfig config;
  private final BufferAllocator allocator;
  private final PostgresErrors errors;
  private final PostgresConnections connections;
  private final CatalogQueries queries;

  PostgresSource(SourceConfig config, BufferAllocator allocator) {
    this.config = config;
    this.allocator = allocator;
    this.errors = new PostgresErrors(config.name());
    this.connections = new PostgresConnections(config, errors);
    this.queries = new CatalogQueries(config, connections, errors);
  }

  @Override
  public SourceConfig config() {
    return config;
  }

  @Override
  public String defaultSchema() {
    return config.defaultSchema().orElse("public");
  }

  @Override
  public CatalogMetadata readCatalog() {
    return queries.run(connection -> new CatalogReader(config, connection).read());
  }

  @Override
  public Optional<TableStatistics> statistics(String schema, String table) {
    return queries.run(connection -> new StatisticsReader(connection).read(schema, table));
  }

  @Override
  public SqlDialect dialect() {
    return PostgresDialect.INSTANCE;
  }

  @Override
  public Capabilities capabilities() {
    return PostgresCapabilities.CAPABILITIES;
  }

  @Override
  public BatchStream read(ReadRequest request) {
    var session = new CopySession(connections, errors, request, CopyStatement.of(request));
    BufferAllocator own = allocator.newChildAllocator("source " + config.name(), 0, Long.MAX_VALUE);
    return new PostgresStream(own, session, new CopyReader(own, request, session, errors));
  }

  @Override
  public boolean isPlainText(String nativeType) {
    return PLAIN_TEXT.stream().anyMatch(nativeType::startsWith)
        && !nativeType.contains(CatalogSql.COLLATE);
  }

  @Override
  public Optional<String> randomBlocks(double percent) {
    return Optional.of(String.format(Locale.ROOT, "TABLESAMPLE SYSTEM (%.6f)", percent));
  }

  @Override
  public String statement(String sql) {
    return "COPY (" + sql + ") TO STDOUT (FORMAT binary)";
  }

  @Override
  public Health health() {
    try {
      return Health.up("PostgreSQL " + queries.run(CatalogQueries::serverVersion));
    } catch (KurobeException e) {
      return Health.down(e.getMessage());
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
