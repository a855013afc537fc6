package io.kurobe.adapters.resilience;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.ScanRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableStatistics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlDialect;

/**
 * A source behind a circuit breaker: while the source is down, who asks it is told so at once, with
 * the source's own error and when it is tried again; once it is back, the next call goes through.
 * Only what reaches the source is guarded. Closing it closes the source.
 */
public final class GuardedSource implements Source {
  private final Source source;
  private final BufferAllocator allocator;
  private final SourceBreaker breaker;

  /**
   * Guards a source.
   *
   * @param allocator of the process; nothing is allocated from it
   */
  public GuardedSource(Source source, BufferAllocator allocator, Clock clock) {
    this.source = requireNonNull(source, "source is null");
    this.allocator = requireNonNull(allocator, "allocator is null");
    this.breaker = new SourceBreaker(source, clock);
  }

  @Override
  public SourceConfig config() {
    return source.config();
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String defaultSchema() {
    return source.defaultSchema();
  }

  /**
   * Asked also while the breaker is open: whoever reads a catalog, at its own pace or for REFRESH,
   * wants to know how it is now. A catalog that was read closes the breaker.
   */
  @Override
  public CatalogMetadata readCatalog() {
    try {
      CatalogMetadata catalog = source.readCatalog();
      breaker.isBack();
      return catalog;
    } catch (KurobeException e) {
      breaker.met(e);
      throw e;
    }
  }

  @Override
  public Optional<CatalogMetadata> readCatalog(String clusterCatalog) {
    return guarded(() -> source.readCatalog(clusterCatalog));
  }

  @Override
  public Optional<TableStatistics> statistics(String schema, String table) {
    return guarded(() -> source.statistics(schema, table));
  }

  @Override
  public SqlDialect dialect() {
    return source.dialect();
  }

  @Override
  public Capabilities capabilities() {
    return source.capabilities();
  }

  @Override
  public BatchStream read(ReadRequest request) {
    breaker.admit();
    try {
      return new GuardedStream(source.read(request), breaker, allocator);
    } catch (KurobeException e) {
      breaker.met(e);
      throw e;
    }
  }

  /** Passed on unguarded where the source takes none: {@link #read} follows then. */
  @Override
  public Optional<BatchStream> scan(ScanRequest request) {
    try {
      return source.scan(request).map(stream -> new GuardedStream(stream, breaker, allocator));
    } catch (KurobeException e) {
      breaker.met(e);
      throw e;
    }
  }

  @Override
  public boolean isPlainText(String nativeType) {
    return source.isPlainText(nativeType);
  }

  @Override
  public Optional<String> textFunction(String nativeType) {
    return source.textFunction(nativeType);
  }

  @Override
  public Optional<String> randomBlocks(double percent) {
    return source.randomBlocks(percent);
  }

  @Override
  public String statement(String sql) {
    return source.statement(sql);
  }

  @Override
  public Optional<String> attachedAs() {
    return source.attachedAs();
  }

  @Override
  public void requireUnaltered(List<PlannedTable> tables) {
    source.requireUnaltered(tables);
  }

  @Override
  public KurobeException told(KurobeException error) {
    return source.told(error);
  }

  @Override
  public Health health() {
    return source.health();
  }

  @Override
  public void close() {
    source.close();
  }

  private <T> T guarded(Supplier<T> call) {
    breaker.admit();
    try {
      T answer = call.get();
      breaker.answered();
      return answer;
    } catch (KurobeException e) {
      breaker.met(e);
      throw e;
    }
  }
}
