package io.kurobe.nl2sql.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What became of questions with known rows, in shares: by fold, by kind, by confidence. */
public final class Scores {
  private final List<Scored> questions = new ArrayList<>();
  private final double threshold;

  /**
   * A question whose best candidate was run, whether it was answered or refused.
   *
   * @param kind what its gold query is: single table, join, group, nested, set
   * @param right whether the candidate's rows are the known ones; false if there was none
   * @param signs of the best candidate; empty if there was none
   * @param leavesOut whether the candidate leaves out a word, so that nothing can save it
   */
  public record Scored(
      String database,
      String kind,
      boolean answered,
      boolean right,
      double confidence,
      Map<String, Double> signs,
      boolean leavesOut) {}

  public Scores(double threshold) {
    this.threshold = threshold;
  }

  public void add(Scored question) {
    questions.add(question);
  }

  /** The kind of a gold query. */
  public static String kind(String sql) {
    return QuestionKind.of(sql).toString();
  }

  /** The share of questions that were answered rightly, or wrongly. */
  public double share(boolean right) {
    return (double) questions.stream().filter(q -> q.answered() && q.right() == right).count()
        / questions.size();
  }

  /** All figures as lines of text. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    Map<String, Integer> folds = folds();
    lines.add(line("all", questions, q -> q.answered() ? 1 : 0));
    by(q -> "kind " + q.kind(), lines);
    by(q -> "fold " + folds.get(q.database()), lines);
    long sure = questions.stream().filter(q -> q.answered() && q.confidence() >= 0.8).count();
    long surelyRight =
        questions.stream().filter(q -> q.answered() && q.right() && q.confidence() >= 0.8).count();
    lines.add(
        String.format(
            Locale.ROOT,
            "confidence of 0.8 or more: %.1f %% of questions, right %.1f %% of those",
            100.0 * sure / questions.size(),
            100.0 * surelyRight / Math.max(1, sure)));
    List<ConfidenceFit.Sample> samples = new ArrayList<>();
    for (Scored q : questions) {
      if (!q.leavesOut() && !q.signs().isEmpty()) {
        samples.add(new ConfidenceFit.Sample(q.signs(), q.right(), folds.get(q.database())));
      }
    }
    List<ConfidenceFit> fits = new ArrayList<>();
    for (int fold = 0; fold < Folds.NUMBER; fold++) {
      int left = fold;
      fits.add(ConfidenceFit.of(samples, sample -> sample.fold() != left));
    }
    ToDoubleFunction<Scored> unseen =
        q ->
            q.leavesOut() || q.signs().isEmpty()
                ? 0
                : fits.get(folds.get(q.database())).confidence(q.signs()) >= threshold ? 1 : 0;
    lines.add(line("weights fitted to the other four folds", questions, unseen));
    for (int fold = 0; fold < Folds.NUMBER; fold++) {
      int here = fold;
      lines.add(
          line(
              "  of them fold " + fold,
              questions.stream().filter(q -> folds.get(q.database()) == here).toList(),
              unseen));
    }
    lines.add("fitted to all: " + ConfidenceFit.of(samples, sample -> true).weights());
    return lines;
  }

  private Map<String, Integer> folds() {
    return Folds.of(questions.stream().map(Scored::database).toList());
  }

  private void by(Function<Scored, String> name, List<String> lines) {
    Map<String, List<Scored>> groups = new TreeMap<>();
    questions.forEach(q -> groups.computeIfAbsent(name.apply(q), key -> new ArrayList<>()).add(q));
    groups.forEach((key, group) -> lines.add(line(key, group, q -> q.answered() ? 1 : 0)));
  }

  private static String line(String name, List<Scored> group, ToDoubleFunction<Scored> answered) {
    long right = 0;
    long wrong = 0;
    for (Scored q : group) {
      if (answered.applyAsDouble(q) > 0) {
        right += q.right() ? 1 : 0;
        wrong += q.right() ? 0 : 1;
      }
    }
    double n = group.size();
    return String.format(
        Locale.ROOT,
        "%s: %d questions, right %.1f %%, wrong %.1f %%, refused %.1f %%",
        name,
        group.size(),
        100 * right / n,
        100 * wrong / n,
        100 * (n - right - wrong) / n);
  }
}
