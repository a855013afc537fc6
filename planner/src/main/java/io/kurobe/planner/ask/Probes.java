package io.kurobe.planner.ask;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.SourceConfig.Selection;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.authorize.Authorizer;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Short runs of proposed queries, to compare what they give. Planned, authorized and executed like
 * any other query; bounded in rows, in time and in what is read. Threads share it.
 */
public final class Probes {
  /** Rows of all tables together beyond which a query is not run only to compare it. */
  private static final long MOST_ROWS_READ = 20_000_000;

  private final Authorizer authorizer;
  private final BiFunction<Session, SqlNode, PlannedStatement> planner;
  private final BriefReads reads;
  private final AtomicLong queries = new AtomicLong();

  /**
   * Makes it.
   *
   * @param planner plans a query without ASK, whose tree it may change
   * @param reads runs what is planned
   */
  public Probes(
      Authorizer authorizer,
      BiFunction<Session, SqlNode, PlannedStatement> planner,
      BriefReads reads) {
    this.authorizer = requireNonNull(authorizer, "authorizer is null");
    this.planner = requireNonNull(planner, "planner is null");
    this.reads = requireNonNull(reads, "reads is null");
  }

  void authorize(Session session, BoundQuery bound) {
    authorizer.check(session, bound.tree());
  }

  /** Whether every source that a query reads may be run to compare, and it does not read much. */
  boolean allows(CatalogSnapshot catalog, RelNode tree) {
    long rows = 0;
    for (RelOptTable table : RelOptUtil.findAllTables(tree)) {
      SourceTable source = table.unwrap(SourceTable.class);
      if (source == null) {
        return false;
      }
      TableName name = source.name();
      if (catalog
          .source(name.source())
          .filter(known -> known.config().selection() == Selection.EXECUTE)
          .isEmpty()) {
        return false;
      }
      rows += catalog.table(name).map(found -> Math.max(0, found.rowCount().orElse(0))).orElse(0L);
    }
    return rows <= MOST_ROWS_READ;
  }

  /** The first rows. */
  Probe run(Session session, SqlNode query, int mostRows, Duration patience) {
    var options =
        new ExecutionOptions("probe-" + queries.incrementAndGet(), patience, mostRows + 1L);
    List<List<@Nullable Object>> rows =
        reads.read(
            planner.apply(session, query).start(List.of(), options),
            patience,
            execution -> rows(execution, mostRows));
    boolean complete = rows.size() <= mostRows;
    return new Probe(complete ? rows : rows.subList(0, mostRows), complete);
  }

  private static List<List<@Nullable Object>> rows(Execution execution, int mostRows)
      throws IOException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (rows.size() <= mostRows && execution.reader().loadNextBatch()) {
      read(execution.reader().getVectorSchemaRoot(), mostRows, execution, rows);
    }
    return rows;
  }

  private static void read(
      VectorSchemaRoot batch,
      int mostRows,
      Execution execution,
      List<List<@Nullable Object>> rows) {
    int columns = execution.columns().size();
    for (int row = 0; row < batch.getRowCount() && rows.size() <= mostRows; row++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (FieldVector vector : batch.getFieldVectors().subList(0, columns)) {
        Object value = vector.getObject(row);
        values.add(value instanceof Text ? value.toString() : value);
      }
      rows.add(values);
    }
  }
}
