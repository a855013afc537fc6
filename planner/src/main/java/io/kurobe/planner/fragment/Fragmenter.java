package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Capabilities.Operation;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.Verdict;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.bind.GuardedScan;
import io.kurobe.planner.bind.RelTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a plan into fragments: what each source runs, and what is left to the engine.
 *
 * <p><b>The problem.</b> A tree over several sources must become few, large queries at the sources
 * and one in the engine, and each refusal must have a reason that a person can read.
 *
 * <p><b>The approach.</b> One pass from the leaves up. A node belongs to a source if all its inputs
 * do and the source's {@linkplain io.kurobe.adapters.source.Capabilities capabilities} take it;
 * otherwise each input that belongs to a source is cut off there and staged. A filter is split into
 * the conjuncts a source takes and the rest; of a projection that a source refuses, it still gets
 * the columns that are read. Equal fragments are staged once. Sources attached to the engine need
 * no cut: their tables are the engine's own.
 *
 * <p><b>What was refused.</b> Calcite's conventions with converter rules in the Volcano planner:
 * there a rule that does not match leaves no reason behind, and planning time is bounded only by
 * giving up. Whatever decides by cost (join order, staging side) is a rewriting of the tree before
 * this pass.
 */
public final class Fragmenter {
  private final Function<String, Source> sources;

  /**
   * Makes a fragmenter.
   *
   * @param sources the source of a name, for one name always the same
   */
  public Fragmenter(Function<String, Source> sources) {
    this.sources = sources;
  }

  /**
   * Cuts a plan.
   *
   * @param pushdown whether sources may do more than give their tables
   */
  public FragmentPlan cut(RelNode tree, boolean pushdown) {
    var pass = new Pass(pushdown, LeakProof.showsStatistics(tree));
    Placed top = pass.place(tree);
    if (top.site() != null) {
      List<SqlType.Field> columns =
          top.node().getRowType().getFieldList().stream().map(RelTypes::column).toList();
      return new FragmentPlan.AtSource(
          new SourceFragment("result", top.site(), Fences.in(top.node()), columns));
    }
    return new FragmentPlan.AtEngine(
        pass.staged.values().stream().map(fragment -> fragment.with(Fences::in)).toList(),
        pass.attached,
        Fences.in(top.node()),
        pass.reasons.sentences());
  }

  /**
   * A node with what runs it.
   *
   * @param site a source; null for the engine
   * @param stayed the operation below or at it that had to stay in the engine, if one had
   */
  private record Placed(RelNode node, @Nullable Source site, @Nullable String stayed) {
    static Placed at(Source site, RelNode node) {
      return new Placed(node, site, null);
    }
  }

  private final class Pass {
    private final Map<String, SourceFragment> staged = new LinkedHashMap<>();
    private final Set<Source> attached = new LinkedHashSet<>();
    private final LeakProof proof = new LeakProof();
    private final NotPushed reasons = new NotPushed();
    private final boolean pushdown;
    private final boolean showsStatistics;

    /**
     * Makes a pass.
     *
     * @param showsStatistics whether statistics of hidden rows could be seen by what fails
     */
    Pass(boolean pushdown, boolean showsStatistics) {
      this.pushdown = pushdown;
      this.showsStatistics = showsStatistics;
    }

    Placed place(RelNode node) {
      if (node instanceof GuardedScan scan) {
        return guarded(scan, ImmutableBitSet.range(scan.getRowType().getFieldCount()));
      }
      if (node instanceof Project project && project.getInput() instanceof GuardedScan scan) {
        ImmutableBitSet used = atLeastOne(InputFinder.bits(project.getProjects(), null));
        Placed rows = guarded(scan, used);
        return put(
            project.copy(
                project.getTraitSet(),
                rows.node(),
                numbered(used).apply(project.getProjects()),
                project.getRowType()),
            List.of(rows));
      }
      if (node instanceof TableScan scan) {
        Source source = sources.apply(scan.getTable().getQualifiedName().get(0));
        if (source.attachedAs().isPresent()) {
          attached.add(source);
          return new Placed(node, null, null);
        }
        return Placed.at(source, node);
      }
      return put(node, node.getInputs().stream().map(this::place).toList());
    }

    /** A node above inputs that are placed, which need not be its own. */
    private Placed put(RelNode node, List<Placed> inputs) {
      Source site = commonSite(inputs);
      if (site == null) {
        return atEngine(node, inputs, stayed(node, inputs));
      }
      if (!pushdown) {
        return atEngine(node, inputs, reasons.off(node));
      }
      RelNode here = node.copy(node.getTraitSet(), inputs.stream().map(Placed::node).toList());
      Pushdown rules = new Pushdown(site.capabilities());
      if (!(rules.check(here).and(observed(here, site)) instanceof Verdict.Refused refused)) {
        return Placed.at(site, here);
      }
      String stayed = reasons.refused(node, site, refused.reason());
      if (here instanceof Filter filter) {
        return new Placed(splitFilter(filter, site, rules), null, stayed);
      }
      if (here instanceof Project project) {
        return new Placed(narrow(project, site), null, stayed);
      }
      return atEngine(here, inputs, stayed);
    }

    /** What could tell of hidden rows stays above them, where a source knows no fence. */
    private Verdict observed(RelNode node, Source site) {
      return !site.capabilities().has(Operation.FENCE) && proof.isBroken(node)
          ? Verdict.refused("a condition that may fail is computed after the row filter")
          : Verdict.PUSHED;
    }

    /** The rows and columns of a table that somebody may see, filtered as near to it as may be. */
    private Placed guarded(GuardedScan scan, ImmutableBitSet used) {
      Source source = sources.apply(scan.getTable().getQualifiedName().get(0));
      RelNode table = LogicalTableScan.create(scan.getCluster(), scan.getTable(), List.of());
      List<RexNode> all = scan.filter().map(RelOptUtil::conjunctions).orElse(List.of());
      if (source.attachedAs().isPresent()) {
        if (showsStatistics && !all.isEmpty()) {
          // Of the copy, which has no other rows, there are no other statistics.
          return new Placed(stage(columns(filtered(table, all), used), source), null, null);
        }
        attached.add(source);
        return new Placed(columns(filtered(table, all), used), null, null);
      }
      if (!pushdown) {
        return new Placed(
            columns(filtered(stage(table, source), all), used), null, reasons.off(table));
      }
      Pushdown rules = new Pushdown(source.capabilities());
      List<RexNode> taken = new ArrayList<>();
      List<RexNode> left = new ArrayList<>();
      for (RexNode conjunct : all) {
        boolean refused = !rules.filters() || rules.expression(conjunct) instanceof Verdict.Refused;
        (refused ? left : taken).add(conjunct);
      }
      RelNode rows = filtered(table, taken);
      if (left.isEmpty()) {
        return Placed.at(source, columns(rows, used));
      }
      ImmutableBitSet moved = used.union(InputFinder.bits(left, null));
      RelNode seen = filtered(stage(columns(rows, moved), source), numbered(moved).apply(left));
      return new Placed(
          columns(seen, ImmutableBitSet.of(used.toList().stream().map(moved::indexOf).toList())),
          null,
          reasons.refused(seen, source, "not all of it means the same there"));
    }

    private static RelNode filtered(RelNode rows, List<RexNode> conjuncts) {
      return conjuncts.isEmpty() ? rows : GuardFilter.of(rows, conjuncts);
    }

    private static RelNode columns(RelNode rows, ImmutableBitSet columns) {
      if (columns.cardinality() == rows.getRowType().getFieldCount()) {
        return rows;
      }
      RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(rows.getCluster(), null);
      return builder.push(rows).project(builder.fields(columns)).build();
    }

    private static ImmutableBitSet atLeastOne(ImmutableBitSet columns) {
      // A relation has at least one column, though only its rows count.
      return columns.isEmpty() ? ImmutableBitSet.of(0) : columns;
    }

    /** Numbers columns by their places among those that are kept. */
    private static RexShuttle numbered(ImmutableBitSet kept) {
      return new RexShuttle() {
        @Override
        public RexNode visitInputRef(RexInputRef reference) {
          return new RexInputRef(kept.indexOf(reference.getIndex()), reference.getType());
        }
      };
    }

    /** Tells why a node stays that no source has all inputs of; null if all is the engine's. */
    private @Nullable String stayed(RelNode node, List<Placed> inputs) {
      List<String> sites = inputs.stream().map(this::where).distinct().toList();
      if (sites.size() > 1) {
        return reasons.apart(node, sites);
      }
      List<String> below =
          inputs.stream().map(Placed::stayed).filter(Objects::nonNull).distinct().toList();
      return below.isEmpty() ? null : reasons.above(node, below);
    }

    private @Nullable Source commonSite(List<Placed> inputs) {
      if (inputs.isEmpty()) {
        return null;
      }
      Source first = inputs.get(0).site();
      return inputs.stream().allMatch(input -> input.site() == first) ? first : null;
    }

    /** The only place of a node's rows: a source's name, or else the engine. */
    private String where(Placed placed) {
      if (placed.site() != null) {
        return placed.site().name();
      }
      Set<String> places = new LinkedHashSet<>();
      new RelVisitor() {
        @Override
        public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
          if (node instanceof TableScan scan) {
            places.add(scan.getTable().getQualifiedName().get(0));
          } else if (node.getInputs().isEmpty()) {
            places.add(NotPushed.ENGINE);
          }
          super.visit(node, ordinal, parent);
        }
      }.go(placed.node());
      return places.size() == 1 ? places.iterator().next() : NotPushed.ENGINE;
    }

    private Placed atEngine(RelNode node, List<Placed> inputs, @Nullable String stayed) {
      List<RelNode> engineInputs = inputs.stream().map(this::toEngine).toList();
      return new Placed(
          engineInputs.isEmpty() ? node : node.copy(node.getTraitSet(), engineInputs),
          null,
          stayed);
    }

    private RelNode toEngine(Placed placed) {
      Source site = placed.site();
      return site == null ? placed.node() : moved(placed.node(), site);
    }

    /** The rows of a source's part in the engine. */
    private RelNode moved(RelNode node, Source site) {
      if (CrossProducts.isLarge(node)) {
        reasons.crossed(node, site);
        return node.copy(
            node.getTraitSet(),
            node.getInputs().stream().map(input -> moved(input, site)).toList());
      }
      return node instanceof Project project
          ? stageWithoutLiterals(project, site)
          : stage(node, site);
    }

    /** Constants need not travel, and some functions of the engine want to see them as such. */
    private RelNode stageWithoutLiterals(Project project, Source site) {
      List<RexNode> values = project.getProjects();
      ImmutableBitSet.Builder travelling = ImmutableBitSet.builder();
      for (int i = 0; i < values.size(); i++) {
        if (!RexUtil.isLiteral(values.get(i), true)) {
          travelling.set(i);
        }
      }
      ImmutableBitSet kept = travelling.build();
      if (kept.isEmpty() || kept.cardinality() == values.size()) {
        return stage(project, site);
      }
      RelNode staged =
          stage(
              project.copy(
                  project.getTraitSet(),
                  project.getInput(),
                  kept.toList().stream().map(values::get).toList(),
                  project
                      .getCluster()
                      .getTypeFactory()
                      .createStructType(
                          kept.toList().stream()
                              .map(project.getRowType().getFieldList()::get)
                              .toList())),
              site);
      List<RexNode> whole = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        whole.add(
            kept.get(i)
                ? new RexInputRef(kept.indexOf(i), values.get(i).getType())
                : values.get(i));
      }
      return project.copy(project.getTraitSet(), staged, whole, project.getRowType());
    }

    private RelNode stage(RelNode node, Source site) {
      String key = site.name() + "\n" + RelOptUtil.toString(node);
      RelDataType rowType = distinctIgnoringCase(node);
      SourceFragment fragment =
          staged.computeIfAbsent(
              key,
              absent ->
                  new SourceFragment(
                      "s" + (staged.size() + 1),
                      site,
                      node,
                      rowType.getFieldList().stream()
                          .map(field -> stagedColumn(node, field))
                          .toList()));
      return new StagedScan(
          node.getCluster(), node.getCluster().traitSet(), rowType, fragment.name());
    }

    /** DuckDB tells no two columns of a table apart by case. */
    private RelDataType distinctIgnoringCase(RelNode node) {
      RelDataType rowType = node.getRowType();
      return node.getCluster()
          .getTypeFactory()
          .createStructType(
              rowType.getFieldList().stream().map(RelDataTypeField::getType).toList(),
              SqlValidatorUtil.uniquify(rowType.getFieldNames(), false));
    }

    /** Text of literals is CHAR to the validator; staged as that it would lose its last blanks. */
    private SqlType.Field stagedColumn(RelNode node, RelDataTypeField field) {
      SqlType.Field column = RelTypes.column(field);
      return column.type().kind() == SqlType.Kind.CHAR && !PaddedText.isIn(node, field.getIndex())
          ? new SqlType.Field(column.name(), SqlType.VARCHAR, column.nullable())
          : column;
    }

    /** The conjuncts the source takes run there, the others above them in the engine. */
    private RelNode splitFilter(Filter filter, Source site, Pushdown rules) {
      List<RexNode> taken = new ArrayList<>();
      List<RexNode> left = new ArrayList<>();
      for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
        boolean refused =
            !rules.filters()
                || rules.expression(conjunct) instanceof Verdict.Refused
                || (!site.capabilities().has(Operation.FENCE)
                    && proof.isBroken(conjunct, filter.getInput()));
        (refused ? left : taken).add(conjunct);
      }
      RelNode input = filter.getInput();
      RexBuilder rex = filter.getCluster().getRexBuilder();
      RelNode below =
          taken.isEmpty()
              ? input
              : filter.copy(filter.getTraitSet(), input, RexUtil.composeConjunction(rex, taken));
      RexNode rest = RexUtil.composeConjunction(rex, left);
      return filter.copy(filter.getTraitSet(), moved(below, site), rest);
    }

    /** The source gives the columns the projection reads; the engine computes it. */
    private RelNode narrow(Project project, Source site) {
      RelNode input = project.getInput();
      ImmutableBitSet used = atLeastOne(InputFinder.bits(project.getProjects(), null));
      if (used.cardinality() == input.getRowType().getFieldCount()) {
        return project.copy(project.getTraitSet(), List.of(moved(input, site)));
      }
      return project.copy(
          project.getTraitSet(),
          moved(columns(input, used), site),
          numbered(used).apply(project.getProjects()),
          project.getRowType());
    }
  }
}
