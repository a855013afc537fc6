package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.validate.ColumnComparisons.WithColumn;
import io.kurobe.nl2sql.validate.Signal.Kind;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.BoundQuestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** What makes a bound query doubtful as the answer to a question, found without running it. */
final class Signals {
  private final KnownTables tables;
  private final Set<String> asked;
  private final String question;

  /**
   * Makes it for one question.
   *
   * @param said the question and what was said with it
   */
  Signals(KnownTables tables, String question, String said) {
    this.tables = tables;
    this.question = question;
    this.asked = AskedColumns.in(said, tables);
  }

  List<Signal> of(SqlNode query, BoundQuestion bound) {
    List<Signal> signals = new ArrayList<>(JoinSignals.of(query, tables));
    keys(query, signals);
    unread(query, signals);
    shape(query, signals);
    divisions(bound.tree(), signals);
    return signals;
  }

  private void keys(SqlNode query, List<Signal> signals) {
    for (WithColumn join : ColumnComparisons.of(query, tables).columns) {
      TableName one = join.one().table().name();
      TableName other = join.other().table().name();
      boolean apart = !join.one().alias().equalsIgnoreCase(join.other().alias());
      if (apart && tables.hasKeys(one) && tables.hasKeys(other) && !isKey(join)) {
        signals.add(
            new Signal(
                Kind.NO_KEY,
                "no key joins %s.%s to %s.%s"
                    .formatted(
                        one.table(),
                        join.one().column().name(),
                        other.table(),
                        join.other().column().name())));
      }
    }
  }

  private boolean isKey(WithColumn join) {
    Set<String> one = ends(join.one());
    Set<String> other = ends(join.other());
    // Two columns that refer to the same one are joined by it.
    one.retainAll(other);
    return !one.isEmpty();
  }

  /** A column and all that it refers to. */
  private Set<String> ends(ColumnComparisons.Column column) {
    Set<String> ends = new HashSet<>();
    TableName table = column.table().name();
    ends.add(table + "." + column.column().name());
    for (Relation relation : tables.of(table)) {
      int at = relation.fromColumns().indexOf(column.column().name());
      if (relation.from().equals(table) && at >= 0) {
        ends.add(relation.to() + "." + relation.toColumns().get(at));
      }
    }
    return ends;
  }

  private void unread(SqlNode query, List<Signal> signals) {
    Set<String> read = QueryWords.of(query).columns();
    for (String column : asked) {
      if (!read.contains(column)) {
        signals.add(new Signal(Kind.UNREAD_COLUMN, "the question names " + column));
      }
    }
  }

  private void shape(SqlNode query, List<Signal> signals) {
    if (AskedShape.isMeasure(query) && !AskedShape.asksForNumber(question)) {
      signals.add(new Signal(Kind.OTHER_SHAPE, "the question asks for no number"));
    } else if (AskedShape.asksHowMany(question) && !Aggregates.anywhere(query)) {
      signals.add(new Signal(Kind.OTHER_SHAPE, "the question asks how many, and nothing counts"));
    }
  }

  private static void divisions(RelNode tree, List<Signal> signals) {
    boolean[] found = new boolean[1];
    var expressions =
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            found[0] |=
                call.getKind() == SqlKind.DIVIDE
                    && call.getOperands().stream()
                        .allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()));
            return super.visitCall(call);
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(
            new org.apache.calcite.rex.RexShuttle() {
              @Override
              public org.apache.calcite.rex.RexNode visitCall(RexCall call) {
                call.accept(expressions);
                return call;
              }
            });
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    if (found[0]) {
      signals.add(new Signal(Kind.INTEGER_DIVISION, "whole numbers are divided, without a rest"));
    }
  }
}
