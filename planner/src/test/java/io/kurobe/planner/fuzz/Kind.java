package io.kurobe.planner.fuzz;

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
  BOOLEAN("boolean");

  /** The type's name in either source. */
  final String type;

  Kind(String type) {
    this.type = type;
  }
}
