package io.kurobe.planner.system;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.duckdb.DuckDbDialect;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.FunctionRule;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.ScanRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TextOrder;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.execute.LocalRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.jspecify.annotations.Nullable;

/**
 * The source {@code system} as one viewer sees it. It scans for rows with certain texts, sorts
 * them, and does nothing else: the engine filters by all other conditions, and joins. Made for a
 * statement and gone with it; threads may share it.
 */
final class SystemSource implements Source {
  private static final Capabilities CAPABILITIES =
      new Capabilities(
          Set.of(Operation.FILTER, Operation.SORT),
          Map.of(
              "AND",
              FunctionRule.SAME,
              "=",
              FunctionRule.where(
                  use ->
                      use.all(type -> type.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER)
                          && use.operands().stream().anyMatch(one -> one.value() != null)
                          && use.operands().stream().anyMatch(one -> !one.literal()),
                  "is taken of a text and a column alone")),
          TextOrder.NATURAL);

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
    return CAPABILITIES;
  }

  @Override
  public Optional<BatchStream> scan(ScanRequest request) {
    SystemTable table = tables.table(request.schema(), request.table());
    List<String> all = table.columns().stream().map(SqlType.Field::name).toList();
    int[] wanted = request.names().stream().mapToInt(all::indexOf).toArray();
    List<List<@Nullable Object>> found = new ArrayList<>();
    int[] tested =
        request.equal().stream().mapToInt(equal -> all.indexOf(equal.column())).toArray();
    for (List<@Nullable Object> row : table.rows().seenBy(viewer, request.equal())) {
      if (isWanted(row, tested, request.equal())) {
        found.add(row);
      }
    }
    if (!request.order().isEmpty()) {
      found.sort(RowOrder.by(request.order(), all));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>(found.size());
    for (List<@Nullable Object> row : found) {
      List<@Nullable Object> chosen = new ArrayList<>(wanted.length);
      for (int column : wanted) {
        chosen.add(row.get(column));
      }
      rows.add(chosen);
    }
    return Optional.of(new LocalRows(allocator, request.columns(), rows, Optional.empty()));
  }

  private static boolean isWanted(
      List<@Nullable Object> row, int[] tested, List<ScanRequest.Equal> equal) {
    for (int i = 0; i < tested.length; i++) {
      Object value = row.get(tested[i]);
      if (value == null || !equal.get(i).text().equals(value.toString())) {
        return false;
      }
    }
    return true;
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
