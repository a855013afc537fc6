package io.kurobe.planner.execute;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.embedded.DuckDbStatement;
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
 *
 * @param whole whether they are all
 * @param values the keys as literals; the two ends of their range if they are not all, and none if
 *     they have no order
 */
record Keys(boolean whole, List<RexNode> values) {
  Keys {
    values = List.copyOf(values);
  }

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
    RexBuilder builder = fragment.tree().getCluster().getRexBuilder();
    RelDataType type = fragment.tree().getRowType().getFieldList().get(filter.column()).getType();
    List<List<@Nullable Object>> distinct =
        engine.rows("SELECT DISTINCT " + key + from + " LIMIT " + (KeyFilter.MOST_KEYS + 1));
    boolean written = distinct.stream().allMatch(row -> isWritable(row.get(0)));
    if (written && distinct.size() <= KeyFilter.MOST_KEYS) {
      return new Keys(true, literals(builder, type, distinct));
    }
    if (SqlTypeUtil.inCharFamily(type)) {
      return new Keys(false, List.of());
    }
    List<@Nullable Object> ends =
        engine.rows("SELECT MIN(" + key + "), MAX(" + key + ")" + from).get(0);
    return new Keys(
        false, literals(builder, type, ends.stream().map(Collections::singletonList).toList()));
  }

  /** A text that holds a NUL can be no source's literal. */
  private static boolean isWritable(@Nullable Object key) {
    return !(key instanceof String text) || TextForm.refusal(text).isEmpty();
  }

  private static List<RexNode> literals(
      RexBuilder builder, RelDataType type, List<List<@Nullable Object>> rows) {
    RelDataType notNull = builder.getTypeFactory().createTypeWithNullability(type, false);
    List<RexNode> literals = new ArrayList<>(rows.size());
    for (List<@Nullable Object> row : rows) {
      literals.add(Literals.of(builder, row.get(0), notNull));
    }
    return literals;
  }

  /** The fragment with no other rows than those that are wanted. */
  SourceFragment narrow(SourceFragment fragment, KeyFilter filter) {
    if (!whole && values.isEmpty()) {
      return fragment;
    }
    RexBuilder builder = fragment.tree().getCluster().getRexBuilder();
    return fragment.where(filter.column(), column -> condition(builder, column));
  }

  private RexNode condition(RexBuilder builder, RexNode column) {
    if (values.isEmpty()) {
      return builder.makeLiteral(false);
    }
    return whole
        ? builder.makeIn(column, values)
        : builder.makeCall(
            SqlStdOperatorTable.AND,
            builder.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, column, values.get(0)),
            builder.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, column, values.get(1)));
  }

  /** What they did, for a person. */
  String told(KeyFilter filter, long rows) {
    String what =
        whole
            ? values.size() + " keys"
            : "more than "
                + KeyFilter.MOST_KEYS
                + " keys"
                + (values.isEmpty() ? ", unused" : " as a range");
    return "dynamic filter: "
        + what
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
