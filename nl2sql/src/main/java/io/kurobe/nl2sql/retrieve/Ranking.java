package io.kurobe.nl2sql.retrieve;

import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the tables that were found in order, the likeliest first. What the tables around one cover
 * of the question speaks for it too: a question is about tables that go together.
 */
final class Ranking {
  /**
   * A table in its place.
   *
   * @param score 0 to 1: about how likely it is that the question needs the table
   * @param features what the score is made of
   */
  record Ranked(TableEvidence evidence, double score, double[] features) {}

  /** Weights of the features in their order, fitted on questions whose tables are known. */
  private static final double[] WEIGHTS = {
    -0.13, 1.7, 0.39, 0.37, 2.25, 3.05, 0.42, -0.06, 0.36, 0.83, 0.99, 1.79
  };

  private static final double BIAS = -9.48;

  private final Evidence evidence;
  private final CatalogView view;

  private Ranking(Evidence evidence, CatalogView view) {
    this.evidence = evidence;
    this.view = view;
  }

  /** Ranks what was found. */
  static List<Ranked> of(Evidence evidence, CatalogView view) {
    var ranking = new Ranking(evidence, view);
    List<Ranked> ranked = new ArrayList<>();
    for (TableEvidence table : evidence.tables()) {
      double[] features = ranking.features(table);
      ranked.add(new Ranked(table, score(features), features));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
    return ranked;
  }

  private double[] features(TableEvidence table) {
    Set<TableName> joined = new LinkedHashSet<>(view.joined(table.name()));
    joined.add(table.name());
    List<TableName> small = view.beside(table.name());
    Collection<TableName> beside = small.isEmpty() ? joined : small;
    double own = evidence.coverage(List.of(table.name()));
    double around = evidence.coverage(beside);
    double without =
        evidence.coverage(beside.stream().filter(t -> !t.equals(table.name())).toList());
    return new double[] {
      own,
      table.meaning(),
      table.words(),
      table.stored(),
      evidence.coverage(joined),
      around,
      best(joined, table, other -> Math.max(other.meaning(), other.words())),
      best(joined, table, TableEvidence::stored),
      table.called(),
      around - without,
      best(beside, table, TableEvidence::meaning),
      own * around
    };
  }

  private interface Measure {
    double of(TableEvidence table);
  }

  /** The best of the tables around one. */
  private double best(Collection<TableName> around, TableEvidence table, Measure measure) {
    double best = 0;
    for (TableName name : around) {
      if (!name.equals(table.name())) {
        best = Math.max(best, evidence.of(name).map(measure::of).orElse(0.0));
      }
    }
    return best;
  }

  private static double score(double[] features) {
    double sum = BIAS;
    for (int i = 0; i < features.length; i++) {
      sum += WEIGHTS[i] * features[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
