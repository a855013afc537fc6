package io.kurobe.planner.execute;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.embedded.DuckDbStatement;
import io.kurobe.adapters.source.IntegersOperator;
import io.kurobe.adapters.type.TextForm;
import io.kurobe.planner.fragment.KeyFilter;
import io.kurobe.planner.fragment.SourceFragment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a fragment waits for: all of them, or, where a list of them would be too long, the
 * least and the greatest if their type is ordered alike everywhere. NULL is no key.
 */
sealed interface Keys {
  /** The condition that a column is one of them. */
  RexNode condition(RexBuilder builder, RexNode column);

  /** What they are, for a person. */
  String told();

  /** Reads the keys of a relation that is there. */
  static Keys read(
      DuckDbStatement engine, String database, KeyFilter filter, SourceFragment fragment) {
    String key = DuckDbInstance.quote(filter.key());
    String from =
        " FROM "
            + DuckDbInstance.quote(database)
            + ".main."
            + DuckDbInstance.quote(filter.relation())
            + " WHERE "
            + key
            + " IS NOT NULL";
    RelDataType type = fragment.tree().getRowType().getFieldList().get(filter.column()).getType();
    var values = new Values(fragment.tree().getCluster().getRexBuilder(), type);
    String distinct = "SELECT DISTINCT " + key + " AS k" + from + " LIMIT " + (filter.most() + 1);
    if (SqlTypeUtil.isIntType(type)) {
      List<@Nullable Object> all =
          engine.rows("SELECT COUNT(*), STRING_AGG(k, ',') FROM (" + distinct + ") AS d").get(0);
      long count = ((Number) all.get(0)).longValue();
      if (count == 0) {
        return new Listed(List.of());
      }
      if (count <= filter.most()) {
        return new Integers(count, String.valueOf(all.get(1)));
      }
    } else {
      List<List<@Nullable Object>> rows = engine.rows(distinct);
      if (rows.size() <= filter.most() && rows.stream().allMatch(row -> isWritable(row.get(0)))) {
        return new Listed(values.literals(rows));
      }
      if (SqlTypeUtil.inCharFamily(type)) {
        return new TooMany(filter.most());
      }
    }
    List<@Nullable Object> ends =
        engine.rows("SELECT MIN(" + key + "), MAX(" + key + ")" + from).get(0);
    List<RexNode> literals =
        values.literals(ends.stream().map(Collections::singletonList).toList());
    return new Range(filter.most(), literals.get(0), literals.get(1));
  }

  /** A text that holds a NUL can be no source's literal. */
  private static boolean isWritable(@Nullable Object key) {
    return !(key instanceof String text) || TextForm.refusal(text).isEmpty();
  }

  /** Makes literals of a type. */
  record Values(RexBuilder builder, RelDataType type) {
    List<RexNode> literals(List<List<@Nullable Object>> rows) {
      RelDataType notNull = builder.getTypeFactory().createTypeWithNullability(type, false);
      List<RexNode> literals = new ArrayList<>(rows.size());
      for (List<@Nullable Object> row : rows) {
        literals.add(Literals.of(builder, row.get(0), notNull));
      }
      return literals;
    }
  }

  /** All of them as literals. */
  record Listed(List<RexNode> literals) implements Keys {
    @Override
    public RexNode condition(RexBuilder builder, RexNode column) {
      return literals.isEmpty() ? builder.makeLiteral(false) : builder.makeIn(column, literals);
    }

    @Override
    public String told() {
      return literals.size() + " keys";
    }
  }

  /** All of them, at least one, with commas between them. */
  record Integers(long count, String text) implements Keys {
    @Override
    public RexNode condition(RexBuilder builder, RexNode column) {
      return builder.makeCall(new IntegersOperator(text), column);
    }

    @Override
    public String told() {
      return count + " keys";
    }
  }

  /** The ends of too many. */
  record Range(int most, RexNode least, RexNode greatest) implements Keys {
    @Override
    public RexNode condition(RexBuilder builder, RexNode column) {
      return builder.makeCall(
          SqlStdOperatorTable.AND,
          builder.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, column, least),
          builder.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, column, greatest));
    }

    @Override
    public String told() {
      return "more than " + most + " keys as a range";
    }
  }

  /** Too many, and without an order that is alike everywhere. */
  record TooMany(int most) implements Keys {
    @Override
    public RexNode condition(RexBuilder builder, RexNode column) {
      return builder.makeLiteral(true);
    }

    @Override
    public String told() {
      return "more than " + most + " keys, unused";
    }
  }

  /** The fragment with no other rows than those that are wanted. */
  default SourceFragment narrow(SourceFragment fragment, KeyFilter filter) {
    RexBuilder builder = fragment.tree().getCluster().getRexBuilder();
    return this instanceof TooMany
        ? fragment
        : fragment.where(filter.column(), column -> condition(builder, column));
  }

  /** What they did, for a person. */
  default String told(KeyFilter filter, long rows) {
    return "dynamic filter: "
        + told()
        + " of "
        + filter.relation()
        + "."
        + filter.key()
        + ", "
        + rows
        + " of about "
        + Math.round(Math.max(filter.expectedRows(), rows))
        + " rows moved";
  }
}
