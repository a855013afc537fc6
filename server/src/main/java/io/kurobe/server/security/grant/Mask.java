package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.SecurityStatement.Masked.Usual;
import java.util.Set;

/** What whoever has one of the roles sees instead of a column's value. */
record Mask(
    TableName table,
    String name,
    String column,
    Set<String> roles,
    Seen seen,
    String author,
    Origin origin) {
  /** What is seen. */
  sealed interface Seen {}

  /** One of the usual kinds, which becomes an expression with the column's type. */
  record Kind(Usual usual) implements Seen {
    Kind {
      requireNonNull(usual, "usual is null");
    }

    @Override
    public String toString() {
      return usual.name();
    }
  }

  /** An expression in SQL over the table's columns. */
  record Text(String expression) implements Seen {
    Text {
      requireNonNull(expression, "expression is null");
    }

    @Override
    public String toString() {
      return expression;
    }
  }

  Mask {
    requireNonNull(table, "table is null");
    requireNonNull(name, "name is null");
    requireNonNull(column, "column is null");
    roles = Set.copyOf(roles);
    requireNonNull(seen, "seen is null");
    requireNonNull(author, "author is null");
    requireNonNull(origin, "origin is null");
  }
}
