package io.kurobe.nl2sql.offline.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the words of one language mean to the reader, read from a file whose head describes its
 * form. Immutable; threads share it.
 */
public final class Lexicon {
  private static final int LONGEST_PHRASE = 8;

  private final Map<String, List<Entry>> phrases = new HashMap<>();
  private final Set<String> words = new HashSet<>();
  private final Map<String, String> irregular = new HashMap<>();
  private final Map<String, List<String>> expansions = new HashMap<>();
  private final List<Set<String>> synonyms = new ArrayList<>();
  private final Map<String, BigDecimal> numbers = new HashMap<>();
  private final Set<String> parts = new HashSet<>();
  private final Set<String> verbs = new HashSet<>();
  private final Set<String> heads = new HashSet<>();
  private final Map<String, Integer> months = new HashMap<>();
  private final Map<String, Stored> stored = new HashMap<>();
  private final List<Set<String>> roles = new ArrayList<>();

  /**
   * A phrase's meaning.
   *
   * @param payload what the lexicon says beside the cue, such as a comparison's operator
   */
  public record Entry(Cue cue, List<String> payload) {
    public Entry {
      payload = List.copyOf(payload);
    }

    /** The payload's word at a position, or "". */
    public String payload(int index) {
      return index < payload.size() ? payload.get(index) : "";
    }
  }

  /**
   * How a word may be stored, where a column of that kind holds it.
   *
   * @param values spellings in lower case
   * @param columns stems of which the column's name has one
   */
  public record Stored(Set<String> values, Set<String> columns) {
    public Stored {
      values = Set.copyOf(values);
      columns = Set.copyOf(columns);
    }
  }

  private Lexicon() {}

  /** The lexicon of English. */
  public static Lexicon english() {
    try (var in =
            Objects.requireNonNull(
                Lexicon.class.getResourceAsStream("en.lexicon"), "en.lexicon is missing");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var lexicon = new Lexicon();
      reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(lexicon::add);
      return lexicon;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    int equals = line.indexOf(" = ");
    if (equals < 0) {
      throw new IllegalArgumentException("not an entry: " + line);
    }
    List<String> head = List.of(line.substring(0, equals).strip().split(" "));
    String rest = line.substring(equals + 3);
    List<String> phrasesOfLine = Arrays.stream(rest.split("\\s\\|\\s")).map(String::strip).toList();
    String argument = String.join(" ", head.subList(1, head.size()));
    switch (head.get(0)) {
      case "stem" -> phrasesOfLine.forEach(word -> irregular.put(word, argument));
      case "expand" ->
          phrasesOfLine.forEach(word -> expansions.put(word, List.of(argument.split(" "))));
      case "verb" -> verbs.addAll(phrasesOfLine);
      case "head" -> heads.addAll(phrasesOfLine);
      case "role" -> roles.add(Set.copyOf(phrasesOfLine));
      case "same" -> synonyms.add(Set.copyOf(phrasesOfLine));
      case "part" -> parts.addAll(phrasesOfLine);
      case "number" -> phrasesOfLine.forEach(word -> numbers.put(word, new BigDecimal(argument)));
      case "stored" -> {
        var spelling = new Stored(Set.of(head.get(1).split(",")), Set.of(head.get(2).split(",")));
        phrasesOfLine.forEach(word -> stored.put(word, spelling));
      }
      case "month" -> phrasesOfLine.forEach(word -> months.put(word, Integer.valueOf(argument)));
      default -> {
        Cue cue = Cue.valueOf(head.get(0).toUpperCase(Locale.ROOT).replace('-', '_'));
        List<String> payload = new ArrayList<>(head.subList(1, head.size()));
        payload.replaceAll(word -> word.equals("eq") ? "=" : word);
        Entry entry = new Entry(cue, payload);
        for (String phrase : phrasesOfLine) {
          phrases.computeIfAbsent(phrase, key -> new ArrayList<>()).add(entry);
          words.addAll(List.of(phrase.split(" ")));
        }
      }
    }
  }

  /** What a phrase may mean, in the file's order; empty if it is no cue. */
  public List<Entry> entries(String phrase) {
    return phrases.getOrDefault(phrase, List.of());
  }

  /** The words of phrases. */
  public Set<String> words() {
    return words;
  }

  /** The number of words of the longest phrase. */
  public int longestPhrase() {
    return LONGEST_PHRASE;
  }

  /** The base form of an irregular word, else the word. */
  String irregular(String word) {
    return irregular.getOrDefault(word, word);
  }

  /** What an abbreviation stands for, else the word alone. */
  public List<String> expand(String word) {
    return expansions.getOrDefault(word, List.of(word));
  }

  /** Whether a word means something here: as a cue, an abbreviation, or beside others like it. */
  public boolean known(String word) {
    return phrases.containsKey(word)
        || expansions.containsKey(word)
        || synonyms.stream().anyMatch(group -> group.contains(word));
  }

  /** Words that names often end in, so that they are found where nothing separates them. */
  public Set<String> parts() {
    return Set.copyOf(parts);
  }

  /** The value of a number word. */
  public Optional<BigDecimal> number(String word) {
    return Optional.ofNullable(numbers.get(word));
  }

  /** How a word may be stored, as "female" is as "F". */
  public Optional<Stored> stored(String word) {
    return Optional.ofNullable(stored.get(word));
  }

  /**
   * Whether a word, or the stem of one, is a verb that seldom says more than that things belong.
   */
  public boolean verb(String wordOrStem) {
    return verbs.contains(wordOrStem);
  }

  /** Whether a word beside a name adds little to it, as "size" or "status" do. */
  public boolean head(String word) {
    return heads.contains(word);
  }

  /** Whether a word says the role that a name says, as "from" says a source. */
  public boolean sameRole(String word, String name) {
    return roles.stream().anyMatch(role -> role.contains(word) && role.contains(name));
  }

  /** The month of a name, 1 to 12. */
  public Optional<Integer> month(String word) {
    return Optional.ofNullable(months.get(word));
  }

  /** Words and phrases that name about the same thing as the given one, without it. */
  public Set<String> synonyms(String phrase) {
    return synonyms.stream()
        .filter(group -> group.contains(phrase))
        .flatMap(Set::stream)
        .filter(other -> !other.equals(phrase))
        .collect(Collectors.toUnmodifiableSet());
  }
}
