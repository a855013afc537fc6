package io.kurobe.planner.unnest;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Answers a tree for all outer rows at once, from its leaves up: each operator carries the fields
 * of the outer row along. A field comes from an equality with a column where the tree has one, and
 * from the {@link Domain} of its values otherwise (T. Neumann, A. Kemper: Unnesting Arbitrary
 * Queries, BTW 2015).
 */
final class Unnesting {
  /** Comparisons that hold for a NULL. */
  private static final Set<SqlKind> NULL_SAFE =
      EnumSet.of(SqlKind.IS_DISTINCT_FROM, SqlKind.IS_NOT_DISTINCT_FROM);

  private final OuterRow outerRow;
  private final RelNode outerRows;
  private final SortedSet<Integer> read;
  private final RexBuilder rex;

  /**
   * @param outerRows the rows that the tree is answered for
   * @param read the fields of them that it reads
   */
  Unnesting(OuterRow outerRow, RelNode outerRows, SortedSet<Integer> read) {
    this.outerRow = outerRow;
    this.outerRows = outerRows;
    this.read = read;
    rex = outerRows.getCluster().getRexBuilder();
  }

  Unnested unnest(RelNode node) {
    if (outerRow.fields(node).isEmpty()) {
      return Unnested.unchanged(node);
    }
    if (node instanceof Filter filter) {
      return filtered(unnest(filter.getInput()), RelOptUtil.conjunctions(filter.getCondition()));
    }
    if (node instanceof Project project) {
      return projected(project);
    }
    if (node instanceof Join join) {
      return join.getJoinType() == JoinRelType.INNER ? innerJoined(join) : outerJoined(join);
    }
    if (node instanceof Aggregate aggregate) {
      return UnnestedAggregate.of(aggregate, unnest(aggregate.getInput()), this);
    }
    if (node instanceof Sort sort) {
      return UnnestedLimit.of(sort, unnest(sort.getInput()));
    }
    if (node instanceof SetOp operation) {
      return combined(operation);
    }
    throw new KurobeException(
        ErrorCode.NOT_SUPPORTED,
        "a correlated query cannot use " + node.getRelTypeName().replace("Logical", ""));
  }

  private Unnested filtered(Unnested input, List<RexNode> conditions) {
    var equalities = new Equalities(outerRow, input);
    List<RexNode> rest = equalities.take(conditions);
    Unnested known = withFields(equalities.unnested(), outerRow.fields(rest));
    RexNode condition = RexUtil.composeConjunction(rex, outerRow.over(known).visitList(rest));
    return condition.isAlwaysTrue()
        ? known
        : withoutNulls(known.over(LogicalFilter.create(known.rel(), condition)), rest);
  }

  /** The rows for which conditions hold; a field that they compare is then not NULL. */
  private Unnested withoutNulls(Unnested rows, List<RexNode> conditions) {
    SortedMap<Integer, Unnested.Outer> outers = new TreeMap<>(rows.outers());
    for (RexNode condition : conditions) {
      if (condition instanceof RexCall call
          && call.isA(SqlKind.COMPARISON)
          && !call.isA(NULL_SAFE)) {
        for (RexNode operand : call.getOperands()) {
          outers.computeIfPresent(
              outerRow.field(operand), (field, outer) -> new Unnested.Outer(outer.column(), false));
        }
      }
    }
    return new Unnested(rows.rel(), rows.columns(), outers);
  }

  /** A tree beside the values of the fields that it lacks, of those outer rows that it is of. */
  Unnested withFields(Unnested input, Collection<Integer> wanted) {
    return input.outers().keySet().containsAll(wanted)
        ? input
        : joined(input, Domain.of(outerRows, read), JoinRelType.INNER, List.of());
  }

  /** The rows of a tree that are of outer rows there are. */
  Unnested ofOuterRows(Unnested input) {
    Unnested domain = Domain.of(outerRows, input.outers().keySet());
    return joined(domain, input, JoinRelType.INNER, List.of());
  }

  /** Each outer row beside the rows of a tree that are its own, or beside NULLs. */
  Unnested forEachOuterRow(Unnested input) {
    Unnested domain = Domain.of(outerRows, input.outers().keySet());
    return joined(domain, input, JoinRelType.LEFT, List.of());
  }

  private Unnested projected(Project project) {
    Unnested input = withFields(unnest(project.getInput()), outerRow.fields(project.getProjects()));
    List<RexNode> values = outerRow.over(input).visitList(project.getProjects());
    return withOuters(input, values, project.getRowType().getFieldNames());
  }

  /** A projection of values, the fields of the outer row after them. */
  static Unnested withOuters(Unnested input, List<RexNode> values, List<String> names) {
    List<RexNode> all = new ArrayList<>(values);
    List<String> allNames = new ArrayList<>(names);
    SortedMap<Integer, Unnested.Outer> outers = new TreeMap<>();
    input
        .outers()
        .forEach(
            (field, outer) -> {
              outers.put(field, new Unnested.Outer(all.size(), outer.nullable()));
              all.add(input.outer(field, 0));
              allNames.add("outer" + field);
            });
    return new Unnested(
        LogicalProject.create(
            input.rel(), List.of(), all, SqlValidatorUtil.uniquify(allNames, false), Set.of()),
        Unnested.identity(values.size()),
        outers);
  }

  private Unnested innerJoined(Join join) {
    Unnested left = unnest(join.getLeft());
    Unnested right = unnest(join.getRight());
    return filtered(
        joined(left, right, JoinRelType.INNER, List.of()),
        RelOptUtil.conjunctions(join.getCondition()));
  }

  /** A join that keeps rows of a side without a partner must know the outer row they are of. */
  private Unnested outerJoined(Join join) {
    JoinRelType type = join.getJoinType();
    Unnested left = unnest(join.getLeft());
    Unnested right = unnest(join.getRight());
    List<RexNode> conditions = List.of(join.getCondition());
    SortedSet<Integer> needed = outerRow.fields(conditions);
    needed.addAll(left.outers().keySet());
    needed.addAll(right.outers().keySet());
    if (type != JoinRelType.RIGHT) {
      left = withFields(left, needed);
    }
    if (type == JoinRelType.RIGHT || type == JoinRelType.FULL) {
      right = withFields(right, needed);
    }
    return joined(left, right, type, conditions);
  }

  /** Two trees side by side, where they are of the same outer row and conditions hold. */
  private Unnested joined(
      Unnested left, Unnested right, JoinRelType type, List<RexNode> conditions) {
    Unnested both = beside(left, right, JoinRelType.INNER, List.of());
    List<RexNode> all = new ArrayList<>(sameOuterRow(left, right));
    all.addAll(outerRow.over(both).visitList(conditions));
    Unnested joined = beside(left, right, type, all);
    if (type == JoinRelType.FULL) {
      return ofEitherSide(joined, left, right);
    }
    return type.projectsRight()
        ? joined
        : new Unnested(joined.rel(), left.columns(), left.outers());
  }

  private Unnested beside(
      Unnested left, Unnested right, JoinRelType type, List<RexNode> conditions) {
    int shift = left.rel().getRowType().getFieldCount();
    List<Integer> columns = new ArrayList<>(left.columns());
    right.columns().forEach(column -> columns.add(column + shift));
    SortedMap<Integer, Unnested.Outer> outers = new TreeMap<>();
    right
        .outers()
        .forEach(
            (field, outer) ->
                outers.put(field, new Unnested.Outer(outer.column() + shift, outer.nullable())));
    if (type == JoinRelType.RIGHT) {
      left.outers().forEach(outers::putIfAbsent);
    } else {
      outers.putAll(left.outers());
    }
    RexNode condition = RexUtil.composeConjunction(rex, conditions);
    return new Unnested(
        LogicalJoin.create(left.rel(), right.rel(), List.of(), condition, Set.of(), type),
        columns,
        outers);
  }

  private static List<RexNode> sameOuterRow(Unnested left, Unnested right) {
    int shift = left.rel().getRowType().getFieldCount();
    List<RexNode> equal = new ArrayList<>();
    for (int field : left.outers().keySet()) {
      if (right.outers().containsKey(field)) {
        equal.add(
            left.outers().get(field).nullable()
                ? right.isOf(field, left.outer(field, 0), shift)
                : left.isOf(field, right.outer(field, shift), 0));
      }
    }
    return equal;
  }

  /** A full join's fields of the outer row, which are those of either side. */
  private Unnested ofEitherSide(Unnested joined, Unnested left, Unnested right) {
    int shift = left.rel().getRowType().getFieldCount();
    RelDataType rowType = joined.rel().getRowType();
    List<RexNode> values = new ArrayList<>();
    for (int column = 0; column < joined.columns().size(); column++) {
      values.add(joined.column(column));
    }
    SortedMap<Integer, Unnested.Outer> outers = new TreeMap<>();
    for (int field : left.outers().keySet()) {
      Unnested.Outer onLeft = left.outers().get(field);
      Unnested.Outer onRight = right.outers().get(field);
      RexNode fromLeft = RexInputRef.of(onLeft.column(), rowType);
      RexNode fromRight = RexInputRef.of(onRight.column() + shift, rowType);
      outers.put(field, new Unnested.Outer(values.size(), onLeft.nullable() || onRight.nullable()));
      values.add(
          rex.makeCall(
              SqlStdOperatorTable.CASE,
              rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, fromLeft),
              fromLeft,
              fromRight));
    }
    RelNode rel =
        LogicalProject.create(joined.rel(), List.of(), values, (List<String>) null, Set.of());
    return new Unnested(rel, Unnested.identity(joined.columns().size()), outers);
  }

  private Unnested combined(SetOp operation) {
    List<Unnested> inputs = new ArrayList<>();
    SortedSet<Integer> fields = new TreeSet<>();
    for (RelNode input : operation.getInputs()) {
      Unnested unnested = unnest(input);
      inputs.add(unnested);
      fields.addAll(unnested.outers().keySet());
    }
    List<RelNode> rels = new ArrayList<>();
    SortedMap<Integer, Unnested.Outer> outers = new TreeMap<>();
    int columns = operation.getRowType().getFieldCount();
    List<String> names = operation.getRowType().getFieldNames();
    for (Unnested input : inputs) {
      Unnested whole = withFields(input, fields);
      Unnested named = withOuters(whole, whole.values().subList(0, columns), names);
      named
          .outers()
          .forEach(
              (field, outer) ->
                  outers.merge(
                      field,
                      outer,
                      (a, b) -> new Unnested.Outer(a.column(), a.nullable() || b.nullable())));
      rels.add(named.rel());
    }
    return new Unnested(
        operation.copy(operation.getTraitSet(), rels), Unnested.identity(columns), outers);
  }
}
