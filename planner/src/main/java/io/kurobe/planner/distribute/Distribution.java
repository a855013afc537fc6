package io.kurobe.planner.distribute;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.bind.GuardedScan;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.distribute.DistributedEngine.WhenUnseen;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Gives what crosses sources to a cluster that shows them as its catalogs: the tables of a query
 * over several sources are read through the cluster, as tables of one source. What that source may
 * run, and how it is written, is then decided as for any other, so that the cluster means by a
 * query what everyone else does; what it would read otherwise stays in the process's engine, over
 * rows that the cluster gives.
 *
 * <p>A query of one source is left to that source. A column is read through the cluster only if it
 * has the same type there as at its source. Threads share it.
 */
public final class Distribution {
  private final Catalog catalog;
  private final DistributedEngine engine;
  private final ClusterCatalogs shown;

  /** Makes a distribution over the sources of a catalog. */
  public Distribution(Catalog catalog, DistributedEngine engine) {
    this.catalog = catalog;
    this.engine = engine;
    this.shown = new ClusterCatalogs(catalog, engine);
  }

  /**
   * A tree and what stays out of the cluster.
   *
   * @param unseen a sentence for each table that the cluster does not show
   */
  public record Distributed(RelNode tree, List<String> unseen) {
    public Distributed {
      unseen = List.copyOf(unseen);
    }
  }

  /**
   * The tree with its tables read through the cluster, if it reads several sources.
   *
   * @throws KurobeException if it reads a table that the cluster does not show, and the
   *     configuration says that this is an error
   */
  public Distributed apply(RelNode tree) {
    if (sources(tree).size() < 2) {
      return new Distributed(tree, List.of());
    }
    var pass = new Pass();
    RelNode distributed = tree.accept(pass);
    if (!pass.unseen.isEmpty() && engine.whenUnseen() == WhenUnseen.ERROR) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED,
              "the engine is the Trino of source "
                  + engine.source()
                  + ", but "
                  + String.join("; ", pass.unseen))
          .withHint(
              "Name the source's catalog in engine.catalogs, or say engine.whenUnseen: duckdb.");
    }
    return new Distributed(distributed, List.copyOf(pass.unseen));
  }

  /** Forgets what the cluster said of its catalogs. */
  public void forget() {
    shown.forget();
  }

  /** The configured sources of a tree; Kurobe's own tables are none. */
  private Set<String> sources(RelNode tree) {
    Set<String> names = new LinkedHashSet<>();
    RelOptUtil.findAllTables(tree).forEach(table -> names.add(table.getQualifiedName().get(0)));
    names.removeIf(name -> !isConfigured(name));
    return names;
  }

  private boolean isConfigured(String name) {
    return catalog.sources().stream().anyMatch(source -> source.name().equals(name));
  }

  private final class Pass extends RelHomogeneousShuttle {
    private final Set<String> unseen = new LinkedHashSet<>();

    @Override
    public RelNode visit(RelNode node) {
      if (node instanceof TableScan scan) {
        ImmutableBitSet all = ImmutableBitSet.range(scan.getRowType().getFieldCount());
        return through(scan, all)
            .map(there -> there.columns(scan.getRowType().getFieldNames()))
            .orElse(scan);
      }
      if (node instanceof Project project && project.getInput() instanceof TableScan scan) {
        return through(scan, InputFinder.bits(project.getProjects(), null))
            .map(there -> there.under(project))
            .orElse(project);
      }
      return super.visit(node);
    }

    /** The scan at the cluster of a table of which these columns are read; empty if it stays. */
    private Optional<ClusterScan> through(TableScan scan, ImmutableBitSet read) {
      SourceTable table = scan.getTable().unwrap(SourceTable.class);
      if (table == null
          || table.name().source().equals(engine.source())
          || !isConfigured(table.name().source())) {
        return Optional.empty();
      }
      TableName name = table.name();
      String catalogThere = engine.catalogs().get(name.source());
      if (catalogThere == null) {
        unseen.add("source " + name.source() + " is none of its catalogs");
        return Optional.empty();
      }
      Optional<ClusterCatalogs.Shown> there = shown.find(name, catalogThere);
      if (there.isEmpty()) {
        unseen.add("table " + name + " is not in its catalog " + catalogThere);
        return Optional.empty();
      }
      Map<Integer, Integer> positions =
          ClusterScan.positions(table.planned().table(), there.get().table());
      // A row filter reads columns too, of which a query need not know.
      ImmutableBitSet needed =
          scan instanceof GuardedScan guarded
              ? guarded.filter().map(InputFinder::bits).map(read::union).orElse(read)
              : read;
      for (int column : needed) {
        if (!positions.containsKey(column)) {
          unseen.add(
              (read.get(column)
                      ? "column " + scan.getRowType().getFieldNames().get(column)
                      : "a column of the row filter")
                  + " of "
                  + name
                  + " is not, or not of the same type, in its catalog "
                  + catalogThere);
          return Optional.empty();
        }
      }
      return Optional.of(
          ClusterScan.of(scan, name, engine.source(), catalogThere, there.get(), positions));
    }
  }
}
