package io.kurobe.nl2sql.semantic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a semantic model by itself, whatever the catalog holds. */
public final class ModelCheck {
  private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"|([\\p{L}_][\\p{L}\\p{N}_]*)");

  /** A mistake with its place. */
  public record Problem(Origin origin, String message) {}

  private final SemanticModel model;
  private final List<Problem> problems = new ArrayList<>();

  private ModelCheck(SemanticModel model) {
    this.model = model;
  }

  /** The mistakes of a model; none if it is right. */
  public static List<Problem> of(SemanticModel model) {
    var check = new ModelCheck(model);
    check.metrics();
    check.circles();
    check.synonyms();
    return List.copyOf(check.problems);
  }

  private void metrics() {
    Map<String, Metric> byName = new HashMap<>();
    for (Metric metric : model.metrics()) {
      Metric before = byName.putIfAbsent(metric.column(), metric);
      if (before == null) {
        continue;
      }
      boolean same =
          before.table().equals(metric.table())
              && before.expression().equals(metric.expression())
              && before.filter().equals(metric.filter());
      problems.add(
          new Problem(
              metric.origin(),
              "metric '"
                  + metric.name()
                  + "' is "
                  + (same ? "defined twice" : "defined otherwise")
                  + " in "
                  + before.origin()));
    }
  }

  private void circles() {
    for (Metric metric : model.metrics()) {
      List<String> way = circle(metric, new LinkedHashSet<>());
      if (!way.isEmpty()) {
        problems.add(
            new Problem(
                metric.origin(),
                "metric '" + metric.name() + "' is defined by itself: " + String.join(" → ", way)));
      }
    }
  }

  private List<String> circle(Metric metric, Set<String> above) {
    if (!above.add(metric.column())) {
      List<String> way = new ArrayList<>(above);
      way.add(metric.column());
      return way;
    }
    for (Metric used : used(metric, model)) {
      List<String> way = circle(used, above);
      if (!way.isEmpty()) {
        return way;
      }
    }
    above.remove(metric.column());
    return List.of();
  }

  /** The metrics that a metric's expression names. */
  static List<Metric> used(Metric metric, SemanticModel model) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = NAME.matcher(metric.expression().replaceAll("'(?:[^']|'')*'", "''"));
    while (matcher.find()) {
      names.add(
          (matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
              .toLowerCase(Locale.ROOT));
    }
    return model.metrics(metric.table()).stream()
        .filter(other -> names.contains(other.column()))
        .toList();
  }

  private record Said(String meaning, Origin origin) {}

  private void synonyms() {
    Map<String, Said> known = new HashMap<>();
    for (SemanticTable table : model.tables()) {
      table.synonyms().forEach(word -> claim(known, word, "table " + table.name(), table.origin()));
      for (SemanticColumn column : table.columns()) {
        String meaning = "column " + table.name() + "." + column.name();
        column.synonyms().forEach(word -> claim(known, word, meaning, column.origin()));
        column
            .values()
            .forEach(
                (value, words) ->
                    words.forEach(
                        word ->
                            claim(
                                known,
                                word,
                                "value '" + value + "' of " + meaning,
                                column.origin())));
      }
    }
    for (Metric metric : model.metrics()) {
      String meaning = "metric " + metric.name();
      claim(known, metric.words(), meaning, metric.origin());
      metric.synonyms().forEach(word -> claim(known, word, meaning, metric.origin()));
    }
  }

  private void claim(Map<String, Said> known, String word, String meaning, Origin origin) {
    String key = word.strip().toLowerCase(Locale.ROOT);
    if (key.isEmpty() || key.chars().noneMatch(Character::isLetter)) {
      problems.add(new Problem(origin, "'" + word + "' is no word that means " + meaning));
      return;
    }
    Said before = known.putIfAbsent(key, new Said(meaning, origin));
    if (before != null && !before.meaning().equals(meaning)) {
      problems.add(
          new Problem(
              origin,
              "'"
                  + word
                  + "' cannot mean "
                  + meaning
                  + ": in "
                  + before.origin()
                  + " it means "
                  + before.meaning()));
    }
  }
}
