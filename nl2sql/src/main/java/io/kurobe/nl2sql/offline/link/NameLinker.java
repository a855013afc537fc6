package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the tables and columns that a span of words may name. One thread uses it at a time. */
public final class NameLinker {
  private static final double OF_ALL = 0.9;
  private static final double ENOUGH = 0.5;

  /** "email address" says no more than "email". */
  private static final double LONGER = 0.97;

  private static final double NUMBERED = 0.93;
  private static final int SHORTEST_PLURAL = 3;

  private static final int KEPT = 48;
  private static final double OUTRIGHT = 0.9;
  private static final double SAID = 0.05;
  private static final double CUT_SHORT = 0.92;

  private final Schema schema;
  private final Lexicon lexicon;
  private final Stems stems;
  private final Map<List<String>, List<Link>> known = new HashMap<>();

  public NameLinker(Schema schema, Lexicon lexicon, Stems stems) {
    this.schema = schema;
    this.lexicon = lexicon;
    this.stems = stems;
  }

  /** What the words may name, the likeliest first. */
  public List<Link> links(List<String> lowerWords) {
    List<Link> links = known.get(lowerWords);
    if (links == null) {
      links = compute(lowerWords);
      known.put(List.copyOf(lowerWords), links);
    }
    return links;
  }

  private List<Link> compute(List<String> lowerWords) {
    Map<Target, Double> best = new LinkedHashMap<>();
    collect(lowerWords, 1.0, best);
    String whole = String.join(" ", lowerWords);
    for (String other : lexicon.synonyms(whole)) {
      boolean longer = whole.startsWith(other + " ");
      collect(Arrays.asList(other.split(" ")), longer ? LONGER : 0.78, best);
    }
    for (String singular : singulars(lowerWords)) {
      for (String other : lexicon.synonyms(singular)) {
        collect(Arrays.asList(other.split(" ")), 0.78, best);
      }
    }
    int last = lowerWords.size() - 1;
    if (last > 0
        && lexicon.is(lowerWords.get(last), WordClass.KEY_NUMBER)
        && best.values().stream().noneMatch(score -> score >= OUTRIGHT)) {
      // "department number", of what they are told apart by
      List<String> id = new ArrayList<>(lowerWords.subList(0, last));
      id.add(lexicon.words(NameClass.ID).get(0));
      collect(id, NUMBERED, best);
    }
    if (lowerWords.size() == 2
        && lexicon.is(lowerWords.get(0), WordClass.TOTAL)
        && !best.isEmpty()) {
      // "total sales": also the columns that are called sales alone.
      double most = OF_ALL * Collections.max(best.values());
      links(lowerWords.subList(1, 2)).stream()
          .filter(link -> link.target() instanceof Target.OfColumn)
          .forEach(l -> best.merge(l.target(), Math.min(most, l.score()), Math::max));
    }
    best.values().removeIf(score -> score == 0);
    if (best.isEmpty() && lowerWords.size() == 1 && lowerWords.get(0).length() >= SHORTEST_PLURAL) {
      // The stemmer leaves "GPAs" as it is.
      lexicon.singulars(lowerWords.get(0)).stream()
          .limit(1)
          .forEach(singular -> collect(List.of(singular), 0.98, best));
    }
    List<String> cut = cutShort(lowerWords);
    if (!cut.isEmpty()) {
      collect(cut, CUT_SHORT, best);
    }
    List<String> stemmed = telling(lowerWords);
    best.replaceAll(
        (target, score) ->
            score < OUTRIGHT && schema.comments().says(target, stemmed) ? score + SAID : score);
    if (best.values().stream().noneMatch(score -> score >= ENOUGH)
        && !verb(lowerWords)
        && !namedApart(lowerWords)) {
      schema.comments().links(stemmed).forEach(l -> best.merge(l.target(), l.score(), Math::max));
    }
    if (best.isEmpty() && lowerWords.size() == 1 && lexicon.entries(lowerWords.get(0)).isEmpty()) {
      for (String word : schema.words()) {
        double likeness = Spelling.likeness(stems.of(lowerWords.get(0)), word);
        if (likeness > 0) {
          collect(List.of(word), likeness, best);
        }
      }
    }
    boolean table =
        best.entrySet().stream()
            .anyMatch(e -> e.getKey() instanceof Target.OfTable && e.getValue() >= 0.95);
    return best.entrySet().stream()
        .filter(entry -> entry.getValue() >= ENOUGH)
        // What is just a table's name is no part of a column's.
        .filter(e -> !table || e.getKey() instanceof Target.OfTable || e.getValue() >= 0.8)
        .map(entry -> new Link(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingDouble(Link::score).reversed())
        .limit(KEPT)
        .toList();
  }

  /** What a last word in the plural may be one of: "gyms", "coaches", "salaries". */
  private List<String> singulars(List<String> lowerWords) {
    String last = lowerWords.get(lowerWords.size() - 1);
    if (last.length() <= SHORTEST_PLURAL) {
      return List.of();
    }
    String before = String.join(" ", lowerWords.subList(0, lowerWords.size() - 1));
    return lexicon.singulars(last).stream()
        .map(end -> before.isEmpty() ? end : before + " " + end)
        .toList();
  }

  /** The words, those that the catalog has only cut short as it has them; empty if none is. */
  private List<String> cutShort(List<String> lowerWords) {
    List<String> cut = new ArrayList<>();
    boolean changed = false;
    for (String word : lowerWords) {
      String stem = stems.of(word);
      String found = word;
      if (lexicon.entries(word).isEmpty() && !schema.words().contains(stem)) {
        List<String> names =
            schema.words().stream().filter(name -> Spelling.cutShort(stem, name)).toList();
        if (names.size() == 1) {
          found = names.get(0);
          changed = true;
        }
      }
      cut.add(found);
    }
    return changed ? cut : List.of();
  }

  private List<String> telling(List<String> lowerWords) {
    return lowerWords.stream()
        .filter(word -> !lexicon.is(word, WordClass.GENITIVE, WordClass.DEFINITE))
        .map(stems::of)
        .toList();
  }

  /** What happens to things is said of many of them. */
  private boolean verb(List<String> lowerWords) {
    String word = lowerWords.get(0);
    return lowerWords.size() == 1
        && (lexicon.verb(word) || lexicon.verb(stems.of(word)) || lexicon.is(word, WordClass.PAST));
  }

  /** Whether one of several words is a name by itself. */
  private boolean namedApart(List<String> lowerWords) {
    return lowerWords.size() > 1
        && lowerWords.stream()
            .map(word -> links(List.of(word)))
            .anyMatch(links -> !links.isEmpty() && links.get(0).score() >= OUTRIGHT);
  }

  private void collect(List<String> lowerWords, double factor, Map<Target, Double> best) {
    List<String> span = new ArrayList<>();
    for (String word : lowerWords) {
      if (!lexicon.is(word, WordClass.GENITIVE, WordClass.DEFINITE)) {
        boolean not = lexicon.entries(word).stream().anyMatch(e -> e.cue() == Cue.NOT);
        (not ? List.of(word) : lexicon.expand(word)).forEach(w -> span.add(stems.of(w)));
      }
    }
    if (span.isEmpty()) {
      return;
    }
    Set<SchemaTable> tables = new LinkedHashSet<>();
    Set<SchemaColumn> columns = new LinkedHashSet<>();
    for (String word : span) {
      tables.addAll(schema.tablesWith(word));
      columns.addAll(schema.columnsWith(word));
    }
    for (SchemaTable table : tables) {
      best.merge(new Target.OfTable(table), factor * tableScore(span, table), Math::max);
    }
    for (SchemaColumn column : schema.columnsCalled(lowerWords)) {
      best.merge(new Target.OfColumn(column), factor * 0.98, Math::max);
    }
    if (lexicon.is(String.join(" ", span), NameClass.CALLED)) {
      for (SchemaTable table : schema.tables()) {
        List<SchemaColumn> label = table.called();
        if (label.size() > 1) {
          best.merge(new Target.OfLabel(table), factor * 0.9, Math::max);
        } else if (label.size() == 1 && !label.get(0).ends(NameClass.NAME)) {
          best.merge(new Target.OfLabel(table), factor * 0.6, Math::max);
        }
      }
    }
    if (span.size() == 1 && lexicon.is(span.get(0), NameClass.ID)) {
      for (SchemaTable table : schema.tables()) {
        if (table.key().size() == 1
            && (table.key().get(0).stored() == SchemaColumn.Nature.NUMBER
                || table.key().get(0).ends(NameClass.KEY))) {
          best.merge(new Target.OfColumn(table.key().get(0)), factor * 0.6, Math::max);
        }
      }
    }
    for (SchemaColumn column : columns) {
      best.merge(new Target.OfColumn(column), factor * columnScore(span, column), Math::max);
    }
  }

  private static double tableScore(List<String> span, SchemaTable table) {
    List<String> words = table.words();
    if (span.equals(words)) {
      return 1.0;
    }
    if (span.size() == words.size() && words.containsAll(span)) {
      return 0.95;
    }
    if (!words.containsAll(span)) {
      return 0;
    }
    double part = (double) span.size() / words.size();
    boolean head = words.get(words.size() - 1).equals(span.get(span.size() - 1));
    return (head ? 0.55 : 0.42) + 0.25 * part;
  }

  private double columnScore(List<String> span, SchemaColumn column) {
    List<String> words = column.words();
    List<String> table = column.table().words();
    if (span.equals(words)) {
      return 1.0;
    }
    Set<String> spanSet = Set.copyOf(span);
    Set<String> wordSet = Set.copyOf(words);
    if (spanSet.equals(wordSet)) {
      return 0.96;
    }
    List<String> own = withoutTable(words, table);
    if (!own.isEmpty() && own.size() < words.size() && span.equals(own)) {
      return 0.94;
    }
    // "customer name" for the name of customers
    if (span.size() > own.size() && !own.isEmpty()) {
      List<String> tail = span.subList(span.size() - own.size(), span.size());
      List<String> head = span.subList(0, span.size() - own.size());
      if (tail.equals(own) && table.containsAll(head)) {
        return 0.98;
      }
      List<String> tailOfWords = span.subList(Math.max(0, span.size() - words.size()), span.size());
      if (tailOfWords.equals(words)
          && table.containsAll(span.subList(0, span.size() - words.size()))) {
        return 0.99;
      }
    } // "phone number" for a column "phone"
    String spanLast = span.get(span.size() - 1);
    if (span.size() > 1 && lexicon.is(spanLast, NameClass.GENERIC)) {
      List<String> bare = span.subList(0, span.size() - 1);
      if (bare.equals(words) || bare.equals(own)) {
        return 0.91;
      }
    }
    if (!wordSet.containsAll(spanSet)) {
      return 0;
    }
    String last = words.get(words.size() - 1);
    List<String> stem = words.subList(0, words.size() - 1);
    if (words.size() > 1 && span.equals(stem) && lexicon.is(last, NameClass.GENERIC)) {
      boolean label = column.ends(NameClass.NAME) || column.ends(NameClass.TITLE);
      return column.ends(NameClass.ID) ? 0.52 : label ? 0.76 : 0.72;
    }
    double part = (double) span.size() / words.size();
    boolean head = last.equals(span.get(span.size() - 1));
    boolean telling = span.stream().anyMatch(word -> !lexicon.is(word, NameClass.GENERIC));
    return (telling ? 0.42 : 0.38) + (head ? 0.1 : 0.03) + 0.28 * part;
  }

  /** A column's words without its table's at their beginning: {@code customer_name} is a name. */
  private static List<String> withoutTable(List<String> words, List<String> table) {
    int i = 0;
    while (i < words.size() && table.contains(words.get(i))) {
      i++;
    }
    return words.subList(i, words.size());
  }
}
