package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlPosixRegexOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL has under a name or in a form of its own, in the standard's form, which the
 * validator knows: DATE_TRUNC, NOW, {@code ~}, an aggregate with FILTER over a window.
 */
final class PostgresForms extends SqlShuttle {
  /** Aggregates that pass over NULL, so that FILTER is a CASE around what is aggregated. */
  private static final Set<String> OVER_NO_NULLS =
      Set.of(
          "AVG",
          "BOOL_AND",
          "BOOL_OR",
          "COUNT",
          "EVERY",
          "MAX",
          "MIN",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "STRING_AGG",
          "SUM",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP");

  private PostgresForms() {}

  static SqlNode standard(SqlNode query) {
    return query.accept(new PostgresForms());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall original) {
    if (!(super.visit(original) instanceof SqlCall call)) {
      return original;
    }
    if (call.getOperator() instanceof SqlPosixRegexOperator) {
      return matches(call);
    }
    return switch (call.getKind()) {
      case OVER -> filtered(call);
      case SOME, ALL -> quantified(call);
      default -> call.getOperator() instanceof SqlFunction ? function(call) : call;
    };
  }

  private static SqlNode function(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT) + call.operandCount()) {
      case "NOW0" -> SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(position);
      case "DATE_TRUNC2" -> truncated(call);
      case "TRUNC1", "TRUNC2" ->
          SqlStdOperatorTable.TRUNCATE.createCall(position, call.getOperandList());
      // The parser knows the standard's by itself.
      case "PERCENTILE_CONT1" -> Operators.PERCENTILE.createCall(position, call.getOperandList());
      default -> call;
    };
  }

  private static SqlNode truncated(SqlCall call) {
    String unit = text(call.operand(0)).orElse("").toUpperCase(Locale.ROOT);
    SqlParserPos position = call.getParserPosition();
    TimeUnit known =
        Arrays.stream(TimeUnit.values())
            .filter(each -> each.name().equals(unit) || (each.name() + "S").equals(unit))
            .findFirst()
            .orElseThrow(
                () ->
                    new KurobeException(
                            ErrorCode.NOT_SUPPORTED,
                            "DATE_TRUNC takes the name of a unit as a constant")
                        .at(TableNames.position(position))
                        .withHint("DATE_TRUNC('month', d)"));
    return SqlStdOperatorTable.FLOOR.createCall(
        position, call.operand(1), new SqlIntervalQualifier(known, null, position));
  }

  /** A regular expression is sought anywhere in the text. */
  private static SqlNode matches(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    var operator = (SqlPosixRegexOperator) call.getOperator();
    if (!operator.isCaseSensitive()) {
      operands.add(SqlLiteral.createCharString("i", position));
    }
    SqlNode found = SqlLibraryOperators.REGEXP_LIKE.createCall(position, operands);
    return operator.isNegated() ? SqlStdOperatorTable.NOT.createCall(position, found) : found;
  }

  /** {@code = ANY ('{1,2}')} is a list in a text, which only PostgreSQL reads as an array. */
  private static SqlNode quantified(SqlCall call) {
    boolean inText =
        call.operandCount() == 2
            && call.operand(1) instanceof SqlNodeList list
            && list.size() == 1
            && text(list.get(0)).filter(text -> text.startsWith("{")).isPresent();
    if (inText) {
      throw new KurobeException(ErrorCode.NOT_SUPPORTED, "a text is not read as an array")
          .at(TableNames.position(call.getParserPosition()))
          .withHint("write ANY (ARRAY[…]) or IN (…)");
    }
    boolean constant =
        text(call.operand(0)).isPresent()
            && call.operand(1) instanceof SqlNodeList list
            && list.size() == 1
            && text(list.get(0)).isEmpty();
    if (constant) {
      // A constant is of type CHAR, which is none of an array's of texts.
      SqlParserPos position = call.operand(0).getParserPosition();
      SqlNode type =
          new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, position), position);
      call.setOperand(0, SqlStdOperatorTable.CAST.createCall(position, call.operand(0), type));
    }
    return call;
  }

  private static SqlNode filtered(SqlCall over) {
    if (over.operand(0).getKind() != SqlKind.FILTER) {
      return over;
    }
    SqlCall filter = over.operand(0);
    SqlNode condition = filter.operand(1);
    if (!(filter.operand(0) instanceof SqlCall aggregate)
        || !OVER_NO_NULLS.contains(aggregate.getOperator().getName().toUpperCase(Locale.ROOT))) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED, "FILTER of this function is not supported over a window")
          .at(TableNames.position(filter.getParserPosition()))
          .withHint("put CASE WHEN … THEN … END into the function");
    }
    List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
    SqlParserPos position = filter.getParserPosition();
    boolean rows =
        operands.isEmpty() || operands.get(0) instanceof SqlIdentifier name && name.isStar();
    SqlNode value = rows ? SqlLiteral.createExactNumeric("1", position) : operands.get(0);
    SqlNode chosen =
        new SqlCase(
            position,
            null,
            SqlNodeList.of(condition),
            SqlNodeList.of(value),
            SqlLiteral.createNull(position));
    if (operands.isEmpty()) {
      operands.add(chosen);
    } else {
      operands.set(0, chosen);
    }
    SqlCall choosing =
        new SqlBasicCall(
            aggregate.getOperator(), operands, position, aggregate.getFunctionQuantifier());
    return over.getOperator().createCall(over.getParserPosition(), choosing, over.operand(1));
  }

  private static Optional<String> text(SqlNode node) {
    return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
        ? Optional.ofNullable(literal.getValueAs(String.class))
        : Optional.empty();
  }
}
