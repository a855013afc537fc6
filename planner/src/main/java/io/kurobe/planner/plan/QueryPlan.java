package io.kurobe.planner.plan;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.bind.RelTypes;
import io.kurobe.planner.execute.ConstantRows;
import io.kurobe.planner.execute.Constants;
import io.kurobe.planner.execute.Engine;
import io.kurobe.planner.execute.LocalRows;
import io.kurobe.planner.execute.PlanExecution;
import io.kurobe.planner.execute.Replanning;
import io.kurobe.planner.fragment.EngineRewriting;
import io.kurobe.planner.fragment.FragmentPlan;
import io.kurobe.planner.fragment.SourceFragment;
import io.kurobe.planner.fragment.Unparser;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** A query that was planned: its columns, its parameters, and the fragments it becomes. */
final class QueryPlan implements PlannedStatement {
  private final Engine engine;
  private final Unparser unparser;
  private final Session session;
  private final BoundQuery bound;
  private final FragmentPlan fragments;
  private final DoubleSupplier scanned;
  private final List<Warning> warnings;
  private final StalePlans stale;
  private final Function<Session, QueryPlan> again;
  private final boolean shareable;

  /**
   * Makes a plan.
   *
   * @param scanned estimates the bytes that its sources read
   * @param stale what was known when it was made
   * @param again plans the same query once more
   * @param shareable whether it may serve other sessions of the same principal
   */
  QueryPlan(
      Engine engine,
      Unparser unparser,
      Session session,
      BoundQuery bound,
      FragmentPlan fragments,
      DoubleSupplier scanned,
      List<Warning> warnings,
      StalePlans stale,
      Function<Session, QueryPlan> again,
      boolean shareable) {
    this.engine = engine;
    this.unparser = unparser;
    this.session = session;
    this.bound = bound;
    this.fragments = fragments;
    this.scanned = scanned;
    this.warnings = List.copyOf(warnings);
    this.stale = stale;
    this.again = again;
    this.shareable = shareable;
  }

  /** The same plan for another session of the same principal, with the same settings. */
  QueryPlan forSession(Session other) {
    return new QueryPlan(
        engine, unparser, other, bound, fragments, scanned, warnings, stale, again, shareable);
  }

  /** Writes its statements, and shows what of them may be shown. */
  Unparser unparser() {
    return unparser;
  }

  boolean isShareable() {
    return shareable;
  }

  /** The version of the catalog that it was bound against. */
  long catalogVersion() {
    return bound.snapshot().version();
  }

  /** The tree as it was bound. */
  RelNode tree() {
    return bound.tree();
  }

  @Override
  public Kind kind() {
    return Kind.QUERY;
  }

  @Override
  public List<SqlType.Field> columns() {
    return bound.columns();
  }

  @Override
  public List<Optional<Origin>> origins() {
    return bound.origins();
  }

  @Override
  public List<SqlType> parameters() {
    return bound.parameters();
  }

  @Override
  public List<String> tables() {
    return TablesOf.tree(bound.tree());
  }

  /** The fragments, their parameters still open. */
  FragmentPlan fragments() {
    return EngineRewriting.rewrite(fragments);
  }

  @Override
  public Execution start(List<@Nullable Object> parameters, ExecutionOptions options) {
    refuseIfTooMuch();
    var constants = new Constants(session, engine.clock().instant(), parameters);
    Replanning.Plan plan = toRun(constants);
    if (warnings.isEmpty()) {
      var rows = ConstantRows.of(plan.fragments(), bound.columns());
      if (rows.isPresent()) {
        return new LocalRows(engine.allocator(), bound.columns(), rows.get(), Optional.empty());
      }
    }
    return run(constants, plan, options);
  }

  /** Starts it so that its fragments can be measured. */
  PlanExecution startMeasured(ExecutionOptions options) {
    refuseIfTooMuch();
    var constants = new Constants(session, engine.clock().instant(), List.of());
    return run(constants, toRun(constants), options);
  }

  /** The estimate itself is not told: it knows of rows that who asks may not see. */
  private void refuseIfTooMuch() {
    long most = session.limits().maxScan();
    if (most > 0 && scanned.getAsDouble() > most) {
      throw new KurobeException(
              ErrorCode.LIMIT_EXCEEDED,
              "the statement would read more than " + most + " bytes, which is limits.maxScan")
          .withHint(
              "Ask for fewer columns, or for fewer rows by comparing columns with values; EXPLAIN"
                  + " shows what is read.");
    }
  }

  private PlanExecution run(Constants constants, Replanning.Plan plan, ExecutionOptions options) {
    return new PlanExecution(
        engine,
        unparser,
        plan,
        bound.columns(),
        session,
        options,
        warnings,
        stale.of(this, constants, () -> again.apply(session)));
  }

  /** The fragments as they were cut. */
  FragmentPlan planned() {
    return fragments;
  }

  Replanning.Plan toRun(Constants constants) {
    return new Replanning.Plan(withConstants(constants), fetched());
  }

  /** The fragments as one execution with these parameters runs them. */
  FragmentPlan withConstants(Constants constants) {
    if (fragments instanceof FragmentPlan.AtSource at) {
      return new FragmentPlan.AtSource(with(constants, at.fragment()));
    }
    FragmentPlan.AtEngine at = (FragmentPlan.AtEngine) fragments;
    return EngineRewriting.rewrite(
        at.withFragments(fragment -> with(constants, fragment)).withEngineTrees(constants::into));
  }

  private static SourceFragment with(Constants constants, SourceFragment fragment) {
    return new SourceFragment(
        fragment.name(), fragment.source(), constants.into(fragment.tree()), fragment.columns());
  }

  /** The columns the fragments give: the visible ones as declared, then those that only order. */
  private List<SqlType.Field> fetched() {
    RelNode top =
        fragments instanceof FragmentPlan.AtSource at
            ? at.fragment().tree()
            : ((FragmentPlan.AtEngine) fragments).tree();
    List<SqlType.Field> fetched = new ArrayList<>(bound.columns());
    List<RelDataTypeField> fields = top.getRowType().getFieldList();
    for (RelDataTypeField field : fields.subList(fetched.size(), fields.size())) {
      fetched.add(RelTypes.column(field));
    }
    return fetched;
  }
}
