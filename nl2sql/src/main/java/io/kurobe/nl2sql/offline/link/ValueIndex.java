package io.kurobe.nl2sql.offline.link;

import com.github.benmanes.caffeine.cache.Cache;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.nl2sql.offline.read.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stored values by their words, for finding them where a question says them. */
public final class ValueIndex {
  private static final int LONGEST = 12;
  private static final int LONGEST_TEXT = 120;

  private final Map<SchemaColumn, Words> columns = new LinkedHashMap<>();
  private final Cache<List<String>, Words> cut;
  private final Tokenizer tokenizer;
  private final Stems stems;

  record Entry(List<String> words, List<String> stemmed, String value) {}

  /** The values of one column, cut into words, by the stem of the first. Threads share it. */
  public record Words(Map<String, List<Entry>> byFirstStem) {}

  /**
   * Makes an empty index.
   *
   * @param cut lists of values that were cut into words before, by identity
   */
  public ValueIndex(Tokenizer tokenizer, Stems stems, Cache<List<String>, Words> cut) {
    this.tokenizer = tokenizer;
    this.stems = stems;
    this.cut = cut;
  }

  /** Adds the values of a column. */
  public void add(SchemaColumn column, List<String> values) {
    if (!values.isEmpty()) {
      columns.put(column, cut.get(values, this::cut));
    }
  }

  private Words cut(List<String> values) {
    Map<String, List<Entry>> byFirstStem = new HashMap<>();
    for (String value : values) {
      if (value.length() > LONGEST_TEXT) {
        continue;
      }
      List<Token> tokens = tokenizer.plain(value);
      if (tokens.isEmpty() || tokens.size() > LONGEST) {
        continue;
      }
      List<String> words = tokens.stream().map(Token::lower).toList();
      List<String> stemmed = words.stream().map(stems::of).toList();
      byFirstStem
          .computeIfAbsent(stemmed.get(0), key -> new ArrayList<>())
          .add(new Entry(words, stemmed, value));
    }
    return new Words(byFirstStem);
  }

  /** The values that stand at a place of the question, by the number of tokens they take. */
  public Map<Integer, List<Link>> at(List<Token> question, int start) {
    Map<Integer, List<Link>> found = new LinkedHashMap<>();
    String first = stems.of(question.get(start).lower());
    columns.forEach(
        (column, words) -> {
          for (Entry entry : words.byFirstStem().getOrDefault(first, List.of())) {
            int length = length(entry, question, start);
            double score = length == 0 ? 0 : score(entry, question, start, length);
            if (score > 0) {
              found
                  .computeIfAbsent(length, key -> new ArrayList<>())
                  .add(new Link(new Target.OfValue(column, entry.value()), score));
            }
          }
        });
    found.values().forEach(list -> list.sort((a, b) -> Double.compare(b.score(), a.score())));
    return found;
  }

  /** The values by which columns of a kind store a word. */
  public List<Link> stored(Lexicon.Stored word) {
    List<Link> links = new ArrayList<>();
    columns.forEach(
        (column, words) -> {
          if (column.words().stream().anyMatch(word.columns()::contains)) {
            words.byFirstStem().values().stream()
                .flatMap(List::stream)
                .filter(entry -> word.values().contains(entry.value().toLowerCase(Locale.ROOT)))
                .forEach(
                    entry -> links.add(new Link(new Target.OfValue(column, entry.value()), 0.9)));
          }
        });
    return links;
  }

  /** The values that a quoted text is. */
  public List<Link> quoted(String text) {
    List<Token> tokens = tokenizer.plain(text);
    if (tokens.isEmpty()) {
      return List.of();
    }
    List<Link> links = new ArrayList<>();
    for (Link link : at(tokens, 0).getOrDefault(tokens.size(), List.of())) {
      if (link.target() instanceof Target.OfValue value) {
        double score =
            value.value().equals(text) ? 1.0 : value.value().equalsIgnoreCase(text) ? 0.95 : 0.7;
        links.add(new Link(value, score));
      }
    }
    links.sort((a, b) -> Double.compare(b.score(), a.score()));
    return links;
  }

  /** How many tokens the words of a value take, with the signs between them; 0 if it differs. */
  private static int length(Entry entry, List<Token> question, int start) {
    int at = start;
    for (int i = 0; i < entry.words().size(); i++) {
      while (i > 0 && at < question.size() && within(question.get(at), entry)) {
        at++;
      }
      if (at >= question.size() || question.get(at).kind() == Token.Kind.SIGN) {
        return 0;
      }
      at++;
    }
    return at - start;
  }

  /** "Ph.D.", "Linz, Austria": a sign that the value has as well. */
  private static boolean within(Token token, Entry entry) {
    return token.kind() == Token.Kind.SIGN
        && token.text().matches("[.,&%]")
        && entry.value().contains(token.text());
  }

  private double score(Entry entry, List<Token> question, int start, int length) {
    boolean exact = true;
    boolean sameCase = entry.value().startsWith(question.get(start).text());
    int i = 0;
    for (Token token : question.subList(start, start + length)) {
      if (token.kind() == Token.Kind.QUOTED) {
        return 0;
      }
      if (token.kind() == Token.Kind.SIGN) {
        continue;
      }
      if (!token.lower().equals(entry.words().get(i))) {
        exact = false;
        boolean similar = stems.of(token.lower()).equals(entry.stemmed().get(i));
        if (!similar || token.lower().length() < 4) {
          return 0;
        }
      }
      i++;
    }
    return exact ? (sameCase ? 1.0 : 0.9) : 0.7;
  }
}
