package io.kurobe.planner.explain;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.execute.Engine;
import io.kurobe.planner.execute.FragmentMeter;
import io.kurobe.planner.fragment.EngineRelation;
import io.kurobe.planner.fragment.FragmentPlan;
import io.kurobe.planner.fragment.KeyFilter;
import io.kurobe.planner.fragment.SourceFragment;
import io.kurobe.planner.fragment.Unparser;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** The rows of EXPLAIN, EXPLAIN ANALYZE, EXPLAIN ASK and ASK SQL. */
public final class Explanation {
  private static final String STAGING = "q";

  /** Columns of {@code EXPLAIN [ANALYZE] query}. */
  public static final List<SqlType.Field> FRAGMENT_COLUMNS =
      List.of(
          column("fragment", SqlType.VARCHAR),
          column("runs_on", SqlType.VARCHAR),
          column("statement", SqlType.VARCHAR),
          column("rows", SqlType.BIGINT),
          column("bytes", SqlType.BIGINT),
          column("ms", SqlType.DOUBLE),
          column("not_pushed", SqlType.VARCHAR));

  /** Columns of {@code EXPLAIN ASK}. */
  public static final List<SqlType.Field> ASK_COLUMNS =
      List.of(
          column("step", SqlType.INTEGER),
          column("agent", SqlType.VARCHAR),
          column("subject", SqlType.VARCHAR),
          column("detail", SqlType.VARCHAR),
          column("verdict", SqlType.VARCHAR),
          column("confidence", SqlType.DOUBLE),
          column("ms", SqlType.DOUBLE),
          column("tokens", SqlType.BIGINT));

  /** Columns of {@code ASK SQL}. */
  public static final List<SqlType.Field> ASK_SQL_COLUMNS =
      List.of(
          column("sql", SqlType.VARCHAR),
          column("confidence", SqlType.DOUBLE),
          column("warnings", SqlType.VARCHAR),
          column("explanation", SqlType.VARCHAR));

  private Explanation() {}

  private static SqlType.Field column(String name, SqlType type) {
    return new SqlType.Field(name, type, true);
  }

  /** A row per fragment, in the order they start; the result last. */
  public static List<List<@Nullable Object>> fragments(FragmentPlan plan, Unparser unparser) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    if (plan instanceof FragmentPlan.AtSource at) {
      rows.add(source(at.fragment(), Optional.empty(), unparser));
      return rows;
    }
    FragmentPlan.AtEngine at = (FragmentPlan.AtEngine) plan;
    at.staged().forEach(fragment -> rows.add(source(fragment, at.filterOf(fragment), unparser)));
    for (EngineRelation relation : at.computed()) {
      rows.add(row(relation.name(), Engine.NAME, engine(relation.tree(), unparser), null));
    }
    rows.add(
        row(
            "result",
            at.onlySource().orElse(Engine.NAME),
            engine(at.tree(), unparser),
            notPushed(plan)));
    return rows;
  }

  private static String engine(RelNode tree, Unparser unparser) {
    return unparser.shownAtEngine(tree, STAGING, unparser.atEngine(tree, STAGING));
  }

  private static List<@Nullable Object> source(
      SourceFragment fragment, Optional<KeyFilter> filter, Unparser unparser) {
    String sql = unparser.atSource(fragment.source(), fragment.tree());
    String shown = unparser.shownAtSource(fragment.source(), fragment.tree(), sql);
    String waits =
        filter
            .map(
                keys ->
                    " -- dynamic filter: "
                        + fragment.columns().get(keys.column()).name()
                        + " in "
                        + keys.relation()
                        + "."
                        + keys.key())
            .orElse("");
    return row(fragment.name(), fragment.source().name(), shown + waits, null);
  }

  private static List<@Nullable Object> row(
      String fragment, String runsOn, String statement, @Nullable String notPushed) {
    return Arrays.asList(fragment, runsOn, statement, null, null, null, notPushed);
  }

  private static @Nullable String notPushed(FragmentPlan plan) {
    return plan.notPushed().isEmpty() ? null : String.join("; ", plan.notPushed());
  }

  /** A row per fragment that ran, with what it did. */
  public static List<List<@Nullable Object>> measured(
      FragmentPlan plan, List<FragmentMeter> meters) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (FragmentMeter meter : meters) {
      boolean result = meter.name().equals("result");
      rows.add(
          Arrays.asList(
              meter.name(),
              meter.runsOn(),
              meter.shown(),
              meter.rows(),
              meter.bytes(),
              meter.milliseconds(),
              result ? notPushed(plan) : null));
    }
    return rows;
  }

  /** A row per step of understanding a question. */
  public static List<List<@Nullable Object>> ask(AskOutcome outcome) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (AskOutcome.AskStep step : outcome.steps()) {
      rows.add(
          Arrays.asList(
              rows.size() + 1,
              step.agent(),
              step.subject(),
              step.detail(),
              step.verdict(),
              step.confidence(),
              step.ms(),
              step.tokens()));
    }
    return rows;
  }

  /** The one row of ASK SQL. */
  public static List<List<@Nullable Object>> askSql(GeneratedQuery query) {
    return List.of(
        Arrays.asList(
            query.sql(),
            query.confidence(),
            query.warnings().isEmpty() ? null : String.join("; ", query.warnings()),
            query.explanation()));
  }
}
