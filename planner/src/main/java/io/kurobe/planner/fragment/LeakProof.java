package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Tells which conditions may be computed for rows that a row filter hides: those of which nothing
 * can be observed but their value, which is not. Whatever may fail, or take long on purpose, could
 * tell of such a row by an error or by its time; whoever runs a fragment is free to compute a
 * condition before the row filter, as both are conditions to it.
 *
 * <p>What is projected, aggregated or sorted is computed of the rows that all conditions have left,
 * everywhere. One plan is looked at by one thread.
 */
final class LeakProof {
  private static final int MOST_WILDCARDS = 2;

  private static final Set<SqlKind> PROOF =
      EnumSet.of(
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.SEARCH,
          SqlKind.CASE,
          SqlKind.COALESCE);

  private static final Set<SqlKind> CONDITIONAL =
      EnumSet.of(SqlKind.AND, SqlKind.OR, SqlKind.CASE, SqlKind.COALESCE);

  private final Map<RelNode, List<Column>> known = new IdentityHashMap<>();

  /**
   * A column as conditions above see it.
   *
   * @param guarded whether it is of a table with a row filter that could still be computed later
   * @param proof whether nothing can be observed of its computation
   */
  record Column(boolean guarded, boolean proof) {
    static final Column FREE = new Column(false, true);
  }

  /**
   * Whether a tree could tell of hidden rows through the statistics of a table that it reads in
   * place: they are of all rows, and let DuckDB leave out what would have failed. That is seen
   * where what may fail stands beside another condition, or below a join.
   */
  static boolean showsStatistics(RelNode tree) {
    return showsStatistics(tree, false);
  }

  private static boolean showsStatistics(RelNode node, boolean belowJoin) {
    boolean shows = false;
    if (node instanceof Filter filter) {
      shows = !isProof(filter.getCondition(), free(filter.getInput()));
    } else if (node instanceof Join join) {
      shows = !isProof(join.getCondition(), all(join.getLeft(), join.getRight()));
    } else if (node instanceof Project project) {
      shows =
          project.getProjects().stream()
              .filter(value -> !isProof(value, free(project.getInput())))
              .anyMatch(value -> belowJoin || isConditional(value));
    }
    boolean below = belowJoin || node instanceof Join;
    return shows || node.getInputs().stream().anyMatch(input -> showsStatistics(input, below));
  }

  private static boolean isConditional(RexNode value) {
    return value instanceof RexCall call
        && (call.isA(CONDITIONAL)
            || call.getOperands().stream().anyMatch(LeakProof::isConditional));
  }

  private static List<Column> free(RelNode input) {
    return all(input, Column.FREE);
  }

  private static List<Column> all(RelNode left, RelNode right) {
    List<Column> columns = new ArrayList<>(free(left));
    columns.addAll(free(right));
    return columns;
  }

  /** Whether a condition of a node could tell of rows that a row filter hides. */
  boolean isBroken(RelNode node) {
    if (node instanceof Filter filter && !(node instanceof GuardFilter)) {
      return isBroken(filter.getCondition(), columns(filter.getInput()));
    }
    return node instanceof Join join && isBroken(join.getCondition(), inputs(join));
  }

  /** Whether a condition over a node's rows could tell of rows that a row filter hides. */
  boolean isBroken(RexNode condition, RelNode input) {
    return isBroken(condition, columns(input));
  }

  private static boolean isBroken(RexNode condition, List<Column> columns) {
    if (columns.stream().noneMatch(Column::guarded)) {
      return false;
    }
    return RelOptUtil.conjunctions(condition).stream()
        .anyMatch(
            conjunct -> {
              var read = InputFinder.bits(conjunct);
              // What reads no column fails if there is a row.
              boolean ofGuarded =
                  read.isEmpty()
                      || read.toList().stream().anyMatch(column -> columns.get(column).guarded());
              return ofGuarded && !isProof(conjunct, columns);
            });
  }

  private static boolean isProof(RexNode value, List<Column> columns) {
    if (value instanceof RexInputRef column) {
      return columns.get(column.getIndex()).proof();
    }
    if (value instanceof RexLiteral || value instanceof RexDynamicParam) {
      return true;
    }
    if (!(value instanceof RexCall call) || value instanceof RexOver) {
      return false;
    }
    boolean operator =
        call.isA(SqlKind.COMPARISON)
            || call.isA(PROOF)
            || (call.getKind() == SqlKind.CAST && isWidening(call))
            || (call.getKind() == SqlKind.LIKE && isShortPattern(call))
            // The current time and user, constant within one execution.
            || (call.getOperands().isEmpty() && call.getOperator().isDynamicFunction())
            || (call.getOperands().isEmpty() && call.getOperator().getName().endsWith("USER"));
    return operator && call.getOperands().stream().allMatch(operand -> isProof(operand, columns));
  }

  private static boolean isWidening(RexCall cast) {
    RelDataType from = cast.getOperands().get(0).getType();
    RelDataType to = cast.getType();
    if (SqlTypeUtil.inCharFamily(from)) {
      return SqlTypeUtil.inCharFamily(to);
    }
    if (SqlTypeUtil.isExactNumeric(from) && SqlTypeUtil.isExactNumeric(to)) {
      return to.getPrecision() - to.getScale() >= from.getPrecision() - from.getScale();
    }
    return SqlTypeUtil.isNumeric(from) && to.getSqlTypeName().getName().equals("DOUBLE")
        || from.getSqlTypeName() == to.getSqlTypeName() && from.getPrecision() == to.getPrecision();
  }

  /** Another pattern may be malformed for some texts only, or be made to take long. */
  private static boolean isShortPattern(RexCall like) {
    if (like.getOperands().size() != 2
        || !(like.getOperands().get(1) instanceof RexLiteral literal)
        || !SqlTypeUtil.inCharFamily(literal.getType())
        || literal.isNull()) {
      return false;
    }
    String pattern = literal.getValueAs(String.class);
    return pattern.indexOf('\\') < 0
        && pattern.chars().filter(c -> c == '%').count() <= MOST_WILDCARDS;
  }

  private List<Column> columns(RelNode node) {
    List<Column> columns = known.get(node);
    if (columns == null) {
      columns = derived(node);
      known.put(node, columns);
    }
    return columns;
  }

  private List<Column> derived(RelNode node) {
    if (node instanceof GuardFilter) {
      return all(node, new Column(true, true));
    }
    if (node instanceof Filter filter) {
      return columns(filter.getInput());
    }
    if (node instanceof Project project) {
      List<Column> input = columns(project.getInput());
      return project.getProjects().stream().map(value -> value(value, input)).toList();
    }
    if (node instanceof Join join) {
      return join.getJoinType().projectsRight() ? inputs(join) : columns(join.getLeft());
    }
    if (node instanceof Aggregate aggregate) {
      // What is computed of groups is computed after all that made them.
      List<Column> input = columns(aggregate.getInput());
      List<Column> columns = new ArrayList<>();
      aggregate.getGroupSet().forEachInt(key -> columns.add(input.get(key)));
      while (columns.size() < aggregate.getRowType().getFieldCount()) {
        columns.add(Column.FREE);
      }
      return columns;
    }
    if (node instanceof SetOp operation) {
      return IntStream.range(0, node.getRowType().getFieldCount())
          .mapToObj(
              column ->
                  new Column(
                      operation.getInputs().stream()
                          .anyMatch(input -> columns(input).get(column).guarded()),
                      operation.getInputs().stream()
                          .allMatch(input -> columns(input).get(column).proof())))
          .toList();
    }
    if (node instanceof Sort sort) {
      // No condition comes below a limit.
      return sort.fetch == null && sort.offset == null
          ? columns(sort.getInput())
          : all(node, Column.FREE);
    }
    boolean guarded =
        node.getInputs().stream()
            .anyMatch(input -> columns(input).stream().anyMatch(Column::guarded));
    return all(node, guarded ? new Column(true, false) : Column.FREE);
  }

  private static Column value(RexNode value, List<Column> input) {
    if (RexOver.containsOver(value)) {
      return Column.FREE;
    }
    var read = InputFinder.bits(value);
    boolean guarded =
        read.toList().stream().anyMatch(column -> input.get(column).guarded())
            || (read.isEmpty() && input.stream().anyMatch(Column::guarded));
    return new Column(guarded, !guarded || isProof(value, input));
  }

  private List<Column> inputs(Join join) {
    List<Column> columns = new ArrayList<>(columns(join.getLeft()));
    columns.addAll(columns(join.getRight()));
    return columns;
  }

  private static List<Column> all(RelNode node, Column column) {
    return IntStream.range(0, node.getRowType().getFieldCount()).mapToObj(i -> column).toList();
  }
}
