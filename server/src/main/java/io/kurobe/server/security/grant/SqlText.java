package io.kurobe.server.security.grant;

import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;

/** Kurobe's own SQL of a parsed tree: what is kept is never the text that was sent. */
final class SqlText {
  private static final SqlDialect DIALECT =
      new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  private SqlText() {}

  static String of(SqlNode tree) {
    return tree.toSqlString(
            config ->
                config
                    .withDialect(DIALECT)
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false)
                    .withIndentation(0))
        .getSql()
        .replace('\n', ' ');
  }
}
