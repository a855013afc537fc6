package io.kurobe.nl2sql.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.QuestionSupport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored values that the asking session may see and models may be told, looked at for one
 * question: for as long as the question may wait, and no longer. One thread uses it.
 */
final class StoredValues {
  private record Column(TableName table, String column) {}

  private final QuestionSupport support;
  private final ModelGate gate;
  private final Kept kept;
  private final long end;
  private final Map<Column, List<String>> read = new HashMap<>();

  /** What was found out of lists of values, by their identity. Threads share it. */
  static final class Kept {
    private static final int MOST = 5_000;

    /** What the gate gave when it was of a version. */
    private record Given(long version, List<String> values) {}

    private final Cache<List<String>, ValueTexts> cut =
        Caffeine.newBuilder().weakKeys().maximumSize(MOST).build();
    private final Cache<List<String>, Given> given =
        Caffeine.newBuilder().weakKeys().maximumSize(MOST).build();
  }

  /**
   * Makes it.
   *
   * @param longest how long sources may take, together
   */
  StoredValues(QuestionSupport support, Kept kept, Duration longest) {
    this.support = support;
    this.gate = support.models();
    this.kept = kept;
    this.end = System.nanoTime() + longest.toNanos();
  }

  /** The most frequent values of a column; none if they may not be told or come too late. */
  List<String> of(TableName table, String column) {
    Column key = new Column(table, column);
    List<String> known = read.get(key);
    if (known != null) {
      return known;
    }
    List<String> values = List.of();
    if (System.nanoTime() < end && gate.givesValues(table, column)) {
      values = support.frequentValues(table, column);
      read.put(key, values);
    }
    return values;
  }

  /**
   * A value that a part of the question is.
   *
   * @param likeness 1 if it is spelled so
   */
  record Found(Phrase phrase, String value, double likeness) {}

  /** The values of a column that the question seems to mention, the likeliest first. */
  List<Found> mentioned(TableName table, String column, List<Phrase> phrases) {
    List<String> values = of(table, column);
    if (values.isEmpty()) {
      return List.of();
    }
    ValueTexts prepared = kept.cut.get(values, ValueTexts::of);
    List<Found> found = new ArrayList<>();
    for (Phrase phrase : phrases) {
      prepared.nearest(phrase).ifPresent(found::add);
    }
    found.sort((a, b) -> Double.compare(b.likeness(), a.likeness()));
    return found;
  }

  /** The most frequent values that models may be told. */
  List<String> frequent(TableName table, String column, int most) {
    List<String> values = of(table, column);
    if (values.isEmpty()) {
      return values;
    }
    Kept.Given before = kept.given.getIfPresent(values);
    if (before == null || before.version() != gate.version()) {
      List<String> some = values.subList(0, Math.min(most, values.size()));
      List<String> now = gate.examples(table, column, some);
      // Looking at values may itself have changed what the gate gives.
      before = new Kept.Given(gate.version(), now);
      kept.given.put(values, before);
    }
    return before.values();
  }

  /** Those of some values that models may be told: all or none. */
  List<String> told(TableName table, String column, List<String> values) {
    return values.isEmpty() ? values : gate.examples(table, column, values);
  }
}
