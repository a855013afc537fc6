package io.kurobe.planner.ask;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.TableStatistics.ColumnStatistics;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The most frequent values of columns, from a source's statistics or some of its rows where its
 * table is large, and by a short query where it is not; within the asking session's rights, as the
 * query is planned like any other. Columns that hold something of persons have none. Cached.
 * Threads share it.
 */
public final class FrequentValues {
  private static final int MOST_VALUES = 1_000;
  private static final long LARGE_TABLE = 500_000;

  /** Rows looked at where a source does not say how many there are, as of views and files. */
  private static final int SAMPLED_ROWS = 500_000;

  /** Rows of a large table that are looked at where its source's statistics have no values. */
  private static final int FEW_ROWS = 100_000;

  /** A column of more different values has none that questions would name. */
  private static final double MOST_DIFFERENT = 10_000;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int CACHED_COLUMNS = 20_000;

  private record Key(
      long catalogVersion,
      long accessVersion,
      long privacyVersion,
      TableName table,
      String column,
      Principal principal) {}

  private final Catalog catalog;
  private final AccessControl accessControl;
  private final Classifier classifier;
  private final BiFunction<Session, String, PlannedStatement> planner;
  private final BriefReads reads;
  private final AtomicLong queries = new AtomicLong();
  private final Cache<Key, List<String>> cache =
      Caffeine.newBuilder()
          .maximumSize(CACHED_COLUMNS)
          .expireAfterWrite(Duration.ofHours(1))
          .build();

  /**
   * Makes it.
   *
   * @param classifier says whose values are personal and are never given
   * @param planner plans the queries that read values
   * @param reads runs them
   */
  public FrequentValues(
      Catalog catalog,
      AccessControl accessControl,
      Classifier classifier,
      BiFunction<Session, String, PlannedStatement> planner,
      BriefReads reads) {
    this.catalog = catalog;
    this.accessControl = accessControl;
    this.classifier = classifier;
    this.planner = planner;
    this.reads = reads;
  }

  List<String> of(Session session, long catalogVersion, TableName table, String column) {
    Key key =
        new Key(
            catalogVersion,
            accessControl.version(),
            classifier.version(),
            table,
            column,
            session.principal());
    List<String> known = cache.getIfPresent(key);
    if (known != null) {
      return known;
    }
    try {
      List<String> values = read(session, table, column);
      cache.put(key, values);
      return values;
    } catch (KurobeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      // A source that cannot tell in time leaves this question without its values, not the next.
      return List.of();
    }
  }

  private List<String> read(Session session, TableName table, String column) {
    TableAccess access = accessControl.access(session, table);
    if (access.masks().containsKey(column)) {
      // A question does not speak of what a mask puts there.
      return List.of();
    }
    Optional<TableMetadata> metadata = catalog.snapshot(session).table(table);
    Optional<TableMetadata.Column> described =
        metadata.stream()
            .flatMap(found -> found.columns().stream())
            .filter(seen -> seen.name().equals(column))
            .findFirst();
    if (metadata.isEmpty()
        || described.isEmpty()
        || classifier.of(table, described.get()).isPersonal()) {
      return List.of();
    }
    boolean large = metadata.get().rowCount().orElse(0) > LARGE_TABLE;
    // What a filter hides is in the source's statistics.
    List<String> values =
        large && access.rowFilter().isEmpty()
            ? ofLarge(session, table, column)
            : counted(session, table, column, SAMPLED_ROWS);
    return classifier.mayGive(table, described.get(), values) ? values : List.of();
  }

  /** What statistics tell, else a sample where they leave open how many values there are. */
  private List<String> ofLarge(Session session, TableName table, String column) {
    Optional<ColumnStatistics> known =
        catalog
            .source(table.source())
            .statistics(table.schema(), table.table())
            .map(TableStatistics::columns)
            .flatMap(columns -> Optional.ofNullable(columns.get(column)));
    List<String> values = known.map(ColumnStatistics::frequentValues).orElse(List.of());
    boolean many =
        known.stream()
            .flatMapToDouble(statistics -> statistics.distinctValues().stream())
            .anyMatch(different -> different > MOST_DIFFERENT);
    return values.isEmpty() && !many ? counted(session, table, column, FEW_ROWS) : values;
  }

  private List<String> counted(Session session, TableName table, String column, int rows) {
    String name = DuckDbInstance.quote(column);
    String from =
        DuckDbInstance.quote(table.source())
            + "."
            + DuckDbInstance.quote(table.schema())
            + "."
            + DuckDbInstance.quote(table.table());
    String sql =
        "SELECT CAST("
            + name
            + " AS VARCHAR) AS v FROM (SELECT "
            + name
            + " FROM "
            + from
            + " LIMIT "
            + rows
            + ") AS t WHERE "
            + name
            + " IS NOT NULL GROUP BY "
            + name
            + " ORDER BY COUNT(*) DESC LIMIT "
            + MOST_VALUES;
    String queryId = "values-" + queries.incrementAndGet();
    return reads.read(
        planner
            .apply(session, sql)
            .start(List.of(), new ExecutionOptions(queryId, PATIENCE, MOST_VALUES)),
        PATIENCE,
        FrequentValues::values);
  }

  private static List<String> values(Execution execution) throws IOException {
    List<String> values = new ArrayList<>();
    while (execution.reader().loadNextBatch()) {
      VectorSchemaRoot batch = execution.reader().getVectorSchemaRoot();
      FieldVector vector = batch.getVector(0);
      for (int row = 0; row < batch.getRowCount(); row++) {
        Object value = vector.getObject(row);
        if (value != null && !value.toString().isEmpty()) {
          values.add(value.toString());
        }
      }
    }
    return values;
  }
}
