package io.kurobe.driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question of {@code DatabaseMetaData}, asked as SQL over {@code system.jdbc}, whose relations
 * have the columns of JDBC's results in lower case. Names and patterns become constants of the SQL,
 * so that the server describes of ten thousand tables only those asked for.
 */
final class MetadataQuery {
  private static final char ESCAPE = '\\';

  private final String from;
  private final List<String> items = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();
  private String order = "";

  private MetadataQuery(String from) {
    this.from = from;
  }

  /** A question over one relation of {@code system.jdbc}. */
  static MetadataQuery over(String relation) {
    return new MetadataQuery(" FROM system.jdbc." + relation);
  }

  /** A question over nothing. */
  static MetadataQuery ofConstants() {
    return new MetadataQuery("");
  }

  /** Asks for columns that are named as the result's. */
  MetadataQuery columns(String... labels) {
    for (String label : labels) {
      column(label, '"' + label.toLowerCase(Locale.ROOT) + '"');
    }
    return this;
  }

  /** Asks for a column of the result that is an expression. */
  MetadataQuery column(String label, String expression) {
    items.add(expression + " AS \"" + label + '"');
    return this;
  }

  /** Restricts a column to a name, which null does not. */
  MetadataQuery name(String column, @Nullable String name) {
    if (name != null) {
      conditions.add(column + " = " + text(name));
    }
    return this;
  }

  /** Restricts a column by a pattern, which null does not; the empty one matches nothing named. */
  MetadataQuery pattern(String column, @Nullable String pattern) {
    if (pattern == null || pattern.equals("%")) {
      return this;
    }
    StringBuilder literal = new StringBuilder();
    StringBuilder like = new StringBuilder();
    boolean wild = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%' || c == '_') {
        wild = true;
        like.append(c);
        continue;
      }
      if (c == ESCAPE && i + 1 < pattern.length()) {
        c = pattern.charAt(++i);
      }
      literal.append(c);
      if (c == '%' || c == '_' || c == ESCAPE) {
        like.append(ESCAPE);
      }
      like.append(c);
    }
    if (wild) {
      conditions.add(column + " LIKE " + text(like.toString()) + " ESCAPE '" + ESCAPE + "'");
    } else {
      conditions.add(column + " = " + text(literal.toString()));
    }
    return this;
  }

  /** Restricts a column to some names, which null does not. */
  MetadataQuery oneOf(String column, String @Nullable [] names) {
    if (names != null) {
      conditions.add(
          names.length == 0
              ? "FALSE"
              : Stream.of(names)
                  .map(MetadataQuery::text)
                  .collect(Collectors.joining(", ", column + " IN (", ")")));
    }
    return this;
  }

  MetadataQuery where(String condition) {
    conditions.add(condition);
    return this;
  }

  MetadataQuery orderBy(String columns) {
    order = " ORDER BY " + columns;
    return this;
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  String sql() {
    return "SELECT "
        + String.join(", ", items)
        + from
        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
        + order;
  }

  /** The answer, whose statement is closed with it. */
  ResultSet ask(Connection connection) throws SQLException {
    KurobeStatement statement = (KurobeStatement) connection.createStatement();
    try {
      return statement.metadata(sql());
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
