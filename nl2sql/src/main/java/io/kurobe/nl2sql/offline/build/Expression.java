package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.List;
import java.util.stream.Stream;

/** What a query shows, groups by or orders by. */
public sealed interface Expression {
  /** Aggregate functions over a column. */
  enum Function {
    SUM,
    AVG,
    MIN,
    MAX,
    MEDIAN
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

  /** The expressions that it is computed from, itself if it is from none. */
  default Stream<Expression> leaves() {
    return Stream.of(this);
  }

  /** The conditions that rows must satisfy to count for it. */
  default Stream<Condition> conditions() {
    return Stream.of();
  }

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

  /** The only value of another query. */
  record Scalar(Query query) implements Expression {
    @Override
    public SchemaTable table() {
      return query.root();
    }

    @Override
    public boolean aggregate() {
      return true;
    }
  }

  /** An expression over aggregates. */
  sealed interface Computed extends Expression {
    /** What it is computed from. */
    List<Expression> parts();

    @Override
    default SchemaTable table() {
      return parts().get(0).table();
    }

    @Override
    default boolean aggregate() {
      return true;
    }

    @Override
    default Stream<Expression> leaves() {
      return parts().stream().flatMap(Expression::leaves);
    }

    @Override
    default Stream<Condition> conditions() {
      return parts().stream().flatMap(Expression::conditions);
    }
  }

  /** An aggregate of the rows that satisfy conditions; of each list at least one. */
  record Filtered(Expression of, List<List<Condition>> only) implements Computed {
    public Filtered {
      only = only.stream().map(List::copyOf).toList();
    }

    @Override
    public Stream<Condition> conditions() {
      return only.stream().flatMap(List::stream);
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }
  }

  /** One aggregate divided by another, times a hundred if it is a percentage. */
  record Ratio(Expression over, Expression under, boolean percent) implements Computed {
    @Override
    public List<Expression> parts() {
      return List.of(over, under);
    }
  }

  /** By how much one aggregate is more than another, in per cent of the other if so. */
  record Change(Expression now, Expression before, boolean percent) implements Computed {
    @Override
    public List<Expression> parts() {
      return List.of(now, before);
    }
  }

  /**
   * The value that an aggregate has in the group before, along a calendar unit.
   *
   * @param by what groups share among which the one before is looked for
   */
  record Previous(Expression of, Expression along, List<Expression> by) implements Computed {
    public Previous {
      by = List.copyOf(by);
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }
  }

  /**
   * An aggregate added up over all groups, or over those up to this one along a calendar unit.
   *
   * @param by what groups share that are added up
   */
  record Summed(Expression of, List<Expression> along, List<Expression> by) implements Computed {
    public Summed {
      along = List.copyOf(along);
      by = List.copyOf(by);
    }

    Summed(Expression of, List<Expression> along) {
      this(of, along, List.of());
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }
  }

  /** The average, over groups, of what an aggregate is in each. */
  record Typical(Expression of, List<SchemaColumn> by) implements Computed {
    public Typical {
      by = List.copyOf(by);
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }
  }
}
