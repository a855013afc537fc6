package io.kurobe.planner.system;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.duckdb.DuckDbDialect;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.ScanRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.execute.LocalRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * The source {@code system} as one viewer sees it. It scans and does nothing else: the engine
 * filters, joins and sorts. Made for a statement and gone with it; threads may share it.
 */
final class SystemSource implements Source {
  private final SystemTables tables;
  private final Viewer viewer;
  private final BufferAllocator allocator;

  SystemSource(SystemTables tables, Viewer viewer, BufferAllocator allocator) {
    this.tables = tables;
    this.viewer = viewer;
    this.allocator = allocator;
  }

  @Override
  public SourceConfig config() {
    return tables.catalog().config();
  }

  @Override
  public String defaultSchema() {
    return tables.catalog().defaultSchema();
  }

  @Override
  public CatalogMetadata readCatalog() {
    return tables.catalog().metadata();
  }

  /** How EXPLAIN writes a scan; nothing reads it. */
  @Override
  public SqlDialect dialect() {
    return DuckDbDialect.INSTANCE;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.NONE;
  }

  @Override
  public Optional<BatchStream> scan(ScanRequest request) {
    SystemTable table = tables.table(request.schema(), request.table());
    List<String> all = table.columns().stream().map(SqlType.Field::name).toList();
    int[] wanted = request.names().stream().mapToInt(all::indexOf).toArray();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : table.rows().seenBy(viewer)) {
      List<@Nullable Object> chosen = new ArrayList<>(wanted.length);
      for (int column : wanted) {
        chosen.add(row.get(column));
      }
      rows.add(chosen);
    }
    return Optional.of(new LocalRows(allocator, request.columns(), rows, Optional.empty()));
  }

  @Override
  public BatchStream read(ReadRequest request) {
    throw new KurobeException(ErrorCode.INTERNAL, "source system runs no queries");
  }

  @Override
  public Health health() {
    return Health.up("Kurobe itself");
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
