package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.Locale;

/** Names of tables and columns as nouns of a sentence. */
final class Nouns {
  private Nouns() {}

  /** A name in words. */
  static String of(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .replaceAll("[^\\p{L}\\p{M}\\d]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** What a row of a table is called. */
  static String one(SchemaTable table) {
    String name = of(table.name().table());
    if (name.endsWith("ies") && name.length() > 4) {
      return name.substring(0, name.length() - 3) + "y";
    }
    if (name.endsWith("sses") || name.endsWith("xes") || name.endsWith("ches")) {
      return name.substring(0, name.length() - 2);
    }
    return name.endsWith("s") && !name.endsWith("ss") && !name.endsWith("us")
        ? name.substring(0, name.length() - 1)
        : name;
  }

  /** What several rows of a table are called. */
  static String many(SchemaTable table) {
    String one = one(table);
    if (one.matches(".*[^aeiou]y")) {
      return one.substring(0, one.length() - 1) + "ies";
    }
    return one.matches(".*(s|x|ch|sh)") ? one + "es" : one + "s";
  }

  static String article(String noun) {
    return noun.matches("[aeio].*") ? "an" : "a";
  }
}
