package io.kurobe.server.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an API key may be good for. One that names none is good for all that its user may do. */
public enum Scope {
  /** Statements in SQL, and what the catalog says of them. */
  SQL,
  /** Questions. */
  ASK,
  /** What there is: SHOW, and what drivers ask of catalogs, tables and columns. */
  METADATA,
  /** The page of metrics. */
  METRICS,
  /** Statements about users, keys and rights. */
  ADMIN;

  /** The word of a scope, as statements write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of a word, in any case; empty if it is none. */
  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(each -> each.name().equalsIgnoreCase(word)).findFirst();
  }
}
