package io.kurobe.examples.bench;

import java.util.Locale;

/** What Kurobe is measured beside. */
enum PeerKind {
  /** DuckDB with every table in one file. */
  DUCKDB,
  /** PostgreSQL with every table. */
  POSTGRES,
  /** Trino over the same sources. */
  TRINO,
  /** Calcite's own JDBC adapter over the same sources. */
  CALCITE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A peer by its name in any case. */
  static final class Converter extends EnumByName<PeerKind> {
    Converter() {
      super(PeerKind.class);
    }
  }
}
