package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;

/** What a query shows, groups by or orders by. */
public sealed interface Expression {
  /** Aggregate functions over a column. */
  enum Function {
    SUM,
    AVG,
    MIN,
    MAX
  }

  /** Units of calendar time. */
  enum Unit {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR
  }

  /** The table whose rows it is computed from. */
  SchemaTable table();

  /** Whether it condenses many rows into one value. */
  default boolean aggregate() {
    return false;
  }

  /** A column. */
  record Column(SchemaColumn column) implements Expression {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** The calendar unit that a column's time falls in. */
  record Bucket(Unit unit, SchemaColumn column) implements Expression {
    @Override
    public SchemaTable table() {
      return column.table();
    }
  }

  /** The number of rows of a table. */
  record Count(SchemaTable table) implements Expression {
    @Override
    public boolean aggregate() {
      return true;
    }
  }

  /** The number of different values of a column. */
  record CountDistinct(SchemaColumn column) implements Expression {
    @Override
    public SchemaTable table() {
      return column.table();
    }

    @Override
    public boolean aggregate() {
      return true;
    }
  }

  /** A column condensed. */
  record Aggregate(Function function, SchemaColumn column) implements Expression {
    @Override
    public SchemaTable table() {
      return column.table();
    }

    @Override
    public boolean aggregate() {
      return true;
    }
  }
}
