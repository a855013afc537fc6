package io.kurobe.nl2sql.semantic;

import io.kurobe.planner.catalog.CatalogSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says a question in the catalog's own words: synonyms become the names of what they mean, as far
 * as the asking user may see that. What stands in quotes stays as it is.
 */
final class Canonical {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|“[^”]*”|(?<!\\p{L})'[^']*'");

  private record Rule(Pattern said, String meant, String word) {}

  private final List<Rule> rules = new ArrayList<>();

  private Canonical() {}

  /** What a question says, and how it was changed. */
  record Said(String text, List<String> changes) {
    Said {
      changes = List.copyOf(changes);
    }
  }

  /** The words of a model for whoever sees this much of the catalog. */
  static Canonical of(SemanticModel model, CatalogSnapshot seen) {
    var canonical = new Canonical();
    for (SemanticTable table : model.tables()) {
      var metadata = seen.table(table.name());
      if (metadata.isEmpty()) {
        continue;
      }
      table.synonyms().forEach(word -> canonical.add(word, words(table.name().table())));
      for (SemanticColumn column : table.columns()) {
        boolean visible =
            metadata.get().columns().stream().anyMatch(known -> known.name().equals(column.name()));
        if (!visible || column.hidden()) {
          continue;
        }
        column.synonyms().forEach(word -> canonical.add(word, words(column.name())));
        column
            .values()
            .forEach(
                (value, said) -> said.forEach(word -> canonical.add(word, "\"" + value + "\"")));
      }
    }
    for (Metric metric : model.metrics()) {
      if (SeenCatalog.isSeen(metric, seen)) {
        metric.synonyms().forEach(word -> canonical.add(word, metric.words()));
      }
    }
    // "net sales" before "sales".
    canonical.rules.sort(Comparator.comparingInt((Rule rule) -> rule.word().length()).reversed());
    return canonical;
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").replace('_', ' ').strip();
  }

  private void add(String word, String meant) {
    String pattern =
        String.join(
            "\\s+", List.of(word.strip().split("\\s+")).stream().map(Pattern::quote).toList());
    rules.add(
        new Rule(
            Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + pattern + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
            meant,
            word));
  }

  /** The question in the catalog's words. */
  Said say(String question) {
    if (rules.isEmpty()) {
      return new Said(question, List.of());
    }
    List<String> changes = new ArrayList<>();
    var text = new StringBuilder();
    Matcher quoted = QUOTED.matcher(question);
    int at = 0;
    while (quoted.find()) {
      text.append(plain(question.substring(at, quoted.start()), changes)).append(quoted.group());
      at = quoted.end();
    }
    return new Said(text.append(plain(question.substring(at), changes)).toString(), changes);
  }

  /** Each place is changed once: what was put there is not looked at again. */
  private String plain(String text, List<String> changes) {
    record Change(int start, int end, String meant) {}
    List<Change> made = new ArrayList<>();
    for (Rule rule : rules) {
      Matcher matcher = rule.said().matcher(text);
      while (matcher.find()) {
        int start = matcher.start();
        int end = matcher.end();
        if (made.stream().noneMatch(c -> start < c.end() && c.start() < end)) {
          made.add(new Change(start, end, rule.meant()));
          changes.add("'" + matcher.group().toLowerCase(Locale.ROOT) + "' means " + rule.meant());
        }
      }
    }
    made.sort(Comparator.comparingInt(Change::start));
    var said = new StringBuilder();
    int at = 0;
    for (Change change : made) {
      said.append(text, at, change.start()).append(change.meant());
      at = change.end();
    }
    return said.append(text.substring(at)).toString();
  }
}
