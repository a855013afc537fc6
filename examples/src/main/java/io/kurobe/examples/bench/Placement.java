package io.kurobe.examples.bench;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** In which sources TPC-H's tables are. */
enum Placement {
  /** Customers and their orders in PostgreSQL, what was sold in a DuckDB file. */
  SPLIT(Set.of("customer", "orders", "nation", "region"), Set.of()),
  /** As {@link #SPLIT}, with parts and their suppliers in a Trino. */
  THREE(Set.of("customer", "orders", "nation", "region"), Set.of("part", "partsupp", "supplier")),
  /** All tables in PostgreSQL. */
  ONE(Set.copyOf(TpchTables.names()), Set.of());

  private final Set<String> inPostgres;
  private final Set<String> inTrino;

  Placement(Set<String> inPostgres, Set<String> inTrino) {
    this.inPostgres = inPostgres;
    this.inTrino = inTrino;
  }

  /** What its databases and files are called. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Set<String> inPostgres() {
    return inPostgres;
  }

  Set<String> inTrino() {
    return inTrino;
  }

  Set<String> inDuckDb() {
    return TpchTables.names().stream()
        .filter(table -> !inPostgres.contains(table) && !inTrino.contains(table))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A placement by its name in any case. */
  static final class Converter extends EnumByName<Placement> {
    Converter() {
      super(Placement.class);
    }
  }
}
