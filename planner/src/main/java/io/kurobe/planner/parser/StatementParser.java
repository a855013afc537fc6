package io.kurobe.planner.parser;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.LexicalState;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.util.SourceStringReader;

/**
 * The way from text to a {@link Statement}: Calcite's grammar with Kurobe's words in it. Names keep
 * the case they are written in, in quotes or not; matching them is the binder's work. Threads share
 * it.
 *
 * <p>Whatever the text, what is thrown is a {@link KurobeException} of one line with a position:
 * SYNTAX, NOT_SUPPORTED for what writes, STATEMENT_TOO_LARGE for what is too long or too deep.
 */
public final class StatementParser {
  /** The longest statement, in UTF-16 units. */
  public static final int MAX_LENGTH = 1_000_000;

  private static final int MAX_NAME_LENGTH = 1_000;

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(KurobeParserImpl.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(MAX_NAME_LENGTH)
          .withConformance(SqlConformanceEnum.LENIENT);

  /** How Kurobe's SQL is read, for parts of Calcite that want to be told. */
  public static SqlParser.Config config() {
    return CONFIG;
  }

  /** Parses one statement; a semicolon may follow it. */
  public Statement parse(String sql) {
    requireNonNull(sql, "sql is null");
    if (sql.length() > MAX_LENGTH) {
      throw new KurobeException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "the statement has "
              + sql.length()
              + " characters, and at most "
              + MAX_LENGTH
              + " are read");
    }
    String text = JdbcBraces.blanked(sql);
    FirstWords.check(StatementText.scan(text));
    return read(
        text,
        parser -> {
          Statement statement = parser.StatementEof();
          StatementTree.check(statement);
          return statement;
        });
  }

  /** Parses a query; any other statement is an error of SYNTAX. */
  public SqlNode parseQuery(String sql) {
    if (parse(sql) instanceof Statement.Query query) {
      return query.query();
    }
    throw new KurobeException(ErrorCode.SYNTAX, "a query is expected here, not another statement");
  }

  /**
   * Parses an expression alone, such as a condition that rows are to satisfy.
   *
   * @throws KurobeException with the position in the text
   */
  public SqlNode parseExpression(String text) {
    requireNonNull(text, "text is null");
    if (text.length() > MAX_LENGTH) {
      throw new KurobeException(ErrorCode.STATEMENT_TOO_LARGE, "the expression is too long");
    }
    return read(
        text,
        parser -> {
          SqlNode expression = parser.SqlExpressionEof();
          StatementTree.check(expression);
          return expression;
        });
  }

  private interface Reading<T> {
    T by(KurobeParserImpl parser) throws ParseException;
  }

  private static <T> T read(String text, Reading<T> reading) {
    try {
      return reading.by(parser(text));
    } catch (ParseException e) {
      throw SyntaxErrors.translate(e);
    } catch (TokenMgrError e) {
      throw SyntaxErrors.translate(e);
    } catch (StackOverflowError e) {
      throw StatementTree.tooDeep(e);
    } catch (KurobeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw SyntaxErrors.translate(e);
    }
  }

  private static KurobeParserImpl parser(String sql) {
    KurobeParserImpl parser =
        (KurobeParserImpl) KurobeParserImpl.FACTORY.getParser(new SourceStringReader(sql));
    parser.setTabSize(1);
    parser.setQuotedCasing(CONFIG.quotedCasing());
    parser.setUnquotedCasing(CONFIG.unquotedCasing());
    parser.setIdentifierMaxLength(CONFIG.identifierMaxLength());
    parser.setTimeUnitCodes(CONFIG.timeUnitCodes());
    parser.setConformance(CONFIG.conformance());
    parser.switchTo(LexicalState.forConfig(CONFIG));
    return parser;
  }
}
