package io.kurobe.planner.fuzz;

import java.util.List;

/** The kinds of values queries are made of. */
enum Kind {
  /** Whole numbers near zero, with which arithmetic does not overflow. */
  SMALL("integer"),
  /** Whole numbers of 32 bits with their extremes. */
  INT("integer"),
  /** Whole numbers of 64 bits with their extremes. */
  BIG("bigint"),
  DECIMAL("decimal(10, 2)"),
  /** Binary fractions, whose sums are exact, and what is not a number. */
  DOUBLE("double precision"),
  TEXT("varchar"),
  /** Text padded to its length in PostgreSQL, and without the padding in DuckDB, which has none. */
  CHAR("char(5)"),
  DATE("date"),
  TIMESTAMP("timestamp"),
  BOOLEAN("boolean"),
  TIME("time"),
  /** Points in time, shown in the session's zone. */
  INSTANT("timestamptz"),
  /** Single-precision binary fractions, all of them exact. */
  REAL("real"),
  /** Decimals with more digits than 64 bits hold. */
  WIDE("decimal(38, 10)"),
  UUID("uuid"),
  BINARY("bytea");

  /** Kinds with an order that all sources share once they are told which. */
  static final List<Kind> ORDERED =
      List.of(SMALL, TEXT, DECIMAL, DATE, INT, BIG, DOUBLE, TIMESTAMP, TIME, INSTANT, REAL, WIDE);

  static final List<Kind> NUMBERS = List.of(SMALL, DECIMAL, BIG, INT, DOUBLE);

  /** Whether no function gives this kind. */
  boolean isPlain() {
    return this == UUID || this == BINARY;
  }

  /** What is known of a column that holds an expression of this kind: its values may be wider. */
  Kind widened() {
    return switch (this) {
      case SMALL -> INT;
      case DECIMAL -> WIDE;
      default -> this;
    };
  }

  /** The type's name in either source. */
  final String type;

  Kind(String type) {
    this.type = type;
  }
}
