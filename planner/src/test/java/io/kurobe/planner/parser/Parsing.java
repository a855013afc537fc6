package io.kurobe.planner.parser;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.KurobeException;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;

/** What the tests of this package say about statements, in one word each. */
final class Parsing {
  private static final StatementParser PARSER = new StatementParser();

  private static final SqlDialect DIALECT =
      new SqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  private Parsing() {}

  static Statement parse(String sql) {
    return PARSER.parse(sql);
  }

  static SqlNode query(String sql) {
    return PARSER.parseQuery(sql);
  }

  /** A query as it is written out again, on one line and with all names in quotes. */
  static String unparsed(String sql) {
    return unparsed(query(sql));
  }

  static String unparsed(SqlNode query) {
    return query
        .toSqlString(c -> c.withDialect(DIALECT).withAlwaysUseParentheses(false))
        .getSql()
        .replaceAll("\\s+", " ");
  }

  static KurobeException error(String sql) {
    return catchThrowableOfType(KurobeException.class, () -> PARSER.parse(sql));
  }
}
