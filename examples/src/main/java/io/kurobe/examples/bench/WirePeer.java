package io.kurobe.examples.bench;

/** Whose wire Kurobe's is measured beside. */
enum WirePeer {
  /** PostgreSQL's own driver, without the gateway. */
  POSTGRES,
  /** Avatica's own driver, through the same gateway. */
  AVATICA,
  /** Trino's own driver, before a Trino over the same PostgreSQL. */
  TRINO;

  /** A peer by its name in any case. */
  static final class Converter extends EnumByName<WirePeer> {
    Converter() {
      super(WirePeer.class);
    }
  }
}
