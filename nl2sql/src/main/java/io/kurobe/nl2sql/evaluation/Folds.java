package io.kurobe.nl2sql.evaluation;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Databases in five parts, so that what is learnt of some is measured on others. */
public final class Folds {
  /** How many there are. */
  public static final int NUMBER = 5;

  private Folds() {}

  /** The fold of each database, 0 to 4: every fifth by name is in the same. */
  public static Map<String, Integer> of(Collection<String> databases) {
    Map<String, Integer> folds = new TreeMap<>();
    for (String database : new TreeSet<>(databases)) {
      folds.put(database, folds.size() % NUMBER);
    }
    return folds;
  }
}
