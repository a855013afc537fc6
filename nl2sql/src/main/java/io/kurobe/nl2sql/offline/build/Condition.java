package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Period;
import java.util.List;

/** What rows must satisfy. */
public sealed interface Condition {
  /** The table it is about. */
  SchemaTable table();

  /** The tables of whose rows it is about one each. */
  default List<SchemaTable> tables() {
    return List.of(table());
  }

  /** A column compared with a constant, given as text; the column's type says how to write it. */
  record Compare(SchemaColumn column, String operator, String value) implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** A column within two constants, both included. */
  record Between(SchemaColumn column, String low, String high) implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** A column is one of some constants. */
  record OneOf(SchemaColumn column, List<String> values) implements Condition {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** A column's text matches a pattern, whatever the case. */
  record Matches(SchemaColumn column, String pattern, boolean negated) implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** A column has no value, or has one. */
  record Missing(SchemaColumn column, boolean negated) implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** A column's time lies in a period. */
  record During(SchemaColumn column, Period period) implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** A column compared with an aggregate over all rows of a table. */
  record AgainstAll(
      SchemaColumn column, String operator, Expression.Function function, SchemaColumn of)
      implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** Two columns of a row, or of it and one that it leads to, compared. */
  record Columns(SchemaColumn column, String operator, SchemaColumn other) implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }

    @Override
    public List<SchemaTable> tables() {
      return List.of(column.table(), other.table());
    }
  }

  /**
   * A column compared with an aggregate over the rows of its own group.
   *
   * @param same the columns that rows of a group share
   */
  record AgainstGroup(
      SchemaColumn column, String operator, Expression.Function function, List<SchemaColumn> same)
      implements Condition {
    public AgainstGroup {
      same = List.copyOf(same);
    }

    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** A column compared with the only value of another query. */
  record Than(SchemaColumn column, String operator, Query of) implements Condition {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** There is a row of a table that belongs to the row and satisfies some conditions; or none. */
  record Exists(SchemaTable table, boolean negated, List<Condition> inner) implements Condition {
    public Exists {
      inner = List.copyOf(inner);
    }
  }
}
