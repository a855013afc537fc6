package io.kurobe.planner.parser;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.kurobe.planner.question.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code ASK 'question' [ON name, …] [USING generator, …] [WITH (option = value, …)]}: a query
 * whose text is a question. It stands wherever a query stands, and gives way to the generated
 * query's tree before anything is bound. Immutable.
 */
public final class SqlAsk extends SqlCall {
  private final SqlNode question;
  private final SqlNodeList scope;
  private final SqlNodeList generators;
  private final SqlNodeList options;

  /**
   * @param question a string or a {@code ?}
   * @param scope identifiers
   * @param generators simple identifiers
   * @param options names and values in turn
   */
  SqlAsk(
      SqlParserPos pos,
      SqlNode question,
      SqlNodeList scope,
      SqlNodeList generators,
      SqlNodeList options) {
    super(pos);
    this.question = requireNonNull(question, "question is null");
    this.scope = requireNonNull(scope, "scope is null");
    this.generators = requireNonNull(generators, "generators is null");
    this.options = requireNonNull(options, "options is null");
  }

  /** A literal string or, as {@code ASK ?}, a {@link SqlDynamicParam}. */
  public SqlNode question() {
    return question;
  }

  /** Whether the question comes with the execution. */
  public boolean isParameter() {
    return question instanceof SqlDynamicParam;
  }

  /** The names after ON, each in its parts; empty means everything. */
  public List<List<String>> scope() {
    return scope.stream().map(name -> List.copyOf(((SqlIdentifier) name).names)).toList();
  }

  /** The names after USING. */
  public List<String> generators() {
    return generators.stream().map(name -> ((SqlIdentifier) name).getSimple()).toList();
  }

  /** The options of WITH by lower-case name, in the order written; the last of a name holds. */
  public Map<String, String> options() {
    Map<String, String> byName = new LinkedHashMap<>();
    for (int i = 0; i < options.size(); i += 2) {
      String name = ((SqlIdentifier) options.get(i)).getSimple().toLowerCase(Locale.ROOT);
      byName.put(name, optionText(options.get(i + 1)));
    }
    return byName;
  }

  private static String optionText(SqlNode value) {
    if (value instanceof SqlIdentifier identifier) {
      return identifier.getSimple();
    }
    SqlLiteral literal = (SqlLiteral) value;
    String text = requireNonNull(literal.toValue());
    return literal.getTypeName() == SqlTypeName.BOOLEAN ? text.toLowerCase(Locale.ROOT) : text;
  }

  /**
   * The question in the text that was written.
   *
   * @throws IllegalStateException if it is a parameter
   */
  public Question toQuestion() {
    if (isParameter()) {
      throw new IllegalStateException("the question is a parameter");
    }
    return toQuestion(requireNonNull(((SqlLiteral) question).getValueAs(String.class)));
  }

  /** The question with this text, as it comes for a parameter. */
  public Question toQuestion(String text) {
    return new Question(text, scope(), generators(), options());
  }

  @Override
  public SqlOperator getOperator() {
    return SqlAskOperator.INSTANCE;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return ImmutableList.of(question, scope, generators, options);
  }
}
