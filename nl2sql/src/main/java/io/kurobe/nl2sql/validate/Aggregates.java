package io.kurobe.nl2sql.validate;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Which expressions aggregate rows, told before anything is bound. */
final class Aggregates {
  private static final Set<String> NAMES =
      Set.of(
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "STRING_AGG",
          "STDDEV",
          "VARIANCE",
          "ARRAY_AGG",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VAR_POP",
          "VAR_SAMP",
          "BOOL_AND",
          "BOOL_OR",
          "EVERY");

  private Aggregates() {}

  /** Whether an aggregate stands anywhere in a query. */
  static boolean anywhere(SqlNode query) {
    return QueryWords.of(query).functions().stream().anyMatch(NAMES::contains);
  }

  /** Whether an aggregate stands in an expression, outside of subqueries and windows. */
  static boolean stands(SqlNode expression) {
    return stands(expression, NAMES);
  }

  /** Whether an aggregate of some names stands in an expression. */
  static boolean stands(SqlNode expression, Set<String> names) {
    boolean[] found = new boolean[1];
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.OVER || call.getKind().belongsTo(SqlKind.QUERY)) {
              return null;
            }
            found[0] |= names.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
            return super.visit(call);
          }
        });
    return found[0];
  }
}
