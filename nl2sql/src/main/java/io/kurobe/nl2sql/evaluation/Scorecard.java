package io.kurobe.nl2sql.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The figures of an evaluation: pure arithmetic over what became of each question. Immutable. */
public final class Scorecard {
  private static final double[] THRESHOLDS = {0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.3, 0};
  private static final int BINS = 10;

  private final List<ScoredAnswer> answers;

  public Scorecard(List<ScoredAnswer> answers) {
    this.answers = List.copyOf(answers);
  }

  /**
   * How good the answers are that are believed at least so much.
   *
   * @param confidence the least
   * @param answers how many there are
   * @param coverage their share of all questions, 0 to 1
   * @param accuracy the share of them that are right, 0 to 1; 1 if there are none
   */
  public record Coverage(double confidence, long answers, double coverage, double accuracy) {}

  /** How many questions there were. */
  public int questions() {
    return answers.size();
  }

  /** How many were answered, rightly or not. */
  public long answered() {
    return count(ScoredAnswer::answered);
  }

  /** How many were answered rightly. */
  public long right() {
    return count(ScoredAnswer::right);
  }

  /** Execution accuracy: the share of all questions that were answered rightly, 0 to 1. */
  public double accuracy() {
    return answers.isEmpty() ? 0 : (double) right() / answers.size();
  }

  /** How many answers were mended on the way. */
  public long repaired() {
    return count(ScoredAnswer::repaired);
  }

  /** How many answers were mended on the way and are right. */
  public long repairedRight() {
    return count(answer -> answer.repaired() && answer.right());
  }

  /** What is right of what is believed, from the most believed on. */
  public List<Coverage> riskCoverage() {
    List<Coverage> table = new ArrayList<>();
    for (double threshold : THRESHOLDS) {
      List<ScoredAnswer> believed =
          answers.stream()
              .filter(answer -> answer.answered() && answer.confidence() >= threshold)
              .toList();
      long right = believed.stream().filter(ScoredAnswer::right).count();
      table.add(
          new Coverage(
              threshold,
              believed.size(),
              answers.isEmpty() ? 0 : (double) believed.size() / answers.size(),
              believed.isEmpty() ? 1 : (double) right / believed.size()));
    }
    return table;
  }

  /**
   * The expected calibration error: how far confidence is from what is right, over ten bins of
   * equal width, each weighed by its answers; 0 is best.
   */
  public double calibrationError() {
    List<ScoredAnswer> given = answers.stream().filter(ScoredAnswer::answered).toList();
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      int here = bin;
      List<ScoredAnswer> inside =
          given.stream()
              .filter(answer -> Math.min(BINS - 1, (int) (answer.confidence() * BINS)) == here)
              .toList();
      if (!inside.isEmpty()) {
        double believed = inside.stream().mapToDouble(ScoredAnswer::confidence).average().orElse(0);
        double right = (double) inside.stream().filter(ScoredAnswer::right).count() / inside.size();
        error += Math.abs(believed - right) * inside.size() / given.size();
      }
    }
    return error;
  }

  /** The time in milliseconds within which a share of the questions was answered. */
  public double milliseconds(double share) {
    return quantile(ScoredAnswer::ms, share);
  }

  /** The tokens of all questions. */
  public long tokens() {
    return answers.stream().mapToLong(ScoredAnswer::tokens).sum();
  }

  private long count(Predicate<ScoredAnswer> kind) {
    return answers.stream().filter(kind).count();
  }

  private double quantile(ToDoubleFunction<ScoredAnswer> value, double share) {
    double[] sorted = answers.stream().mapToDouble(value).sorted().toArray();
    if (sorted.length == 0) {
      return 0;
    }
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
  }
}
