package io.kurobe.nl2sql.offline.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
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

  /** What forms say themselves where they read a simpler question. */
  private static final List<Cue> SAID = List.of(Cue.COUNT, Cue.SUM, Cue.EACH, Cue.WHICH, Cue.OR);

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
  private final Map<String, String> first = new HashMap<>();
  private final Classes<WordClass> wordClasses = new Classes<>(WordClass.class);
  private final Classes<NameClass> nameClasses = new Classes<>(NameClass.class);
  private final Map<NameClass, Set<String>> nameStems = new EnumMap<>(NameClass.class);

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
    var file = Lexicon.class.getResourceAsStream("en.lexicon");
    return read("en.lexicon", Objects.requireNonNull(file, "en.lexicon is missing"));
  }

  /**
   * Reads the lexicon of a language, and closes its file.
   *
   * @param name what messages call the file
   * @throws IllegalArgumentException if a line is no entry, or a class of words is not declared
   */
  public static Lexicon read(String name, InputStream file) {
    var lexicon = new Lexicon();
    try (var reader = new LineNumberReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lexicon.add(name, reader.getLineNumber(), line.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      lexicon.complete();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    return lexicon;
  }

  private void add(String file, int number, String line) {
    try {
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(line);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
    }
  }

  private void complete() {
    wordClasses.complete();
    nameClasses.complete();
    SAID.forEach(this::said);
    List.of(">", "<").forEach(operator -> said(Cue.COMPARE, operator));
    var stems = new Stems(this);
    for (NameClass each : NameClass.values()) {
      nameStems.put(each, nameClasses.of(each).each(stems::of));
    }
  }

  private void add(String line) {
    int equals = (line + " ").indexOf(" = ");
    if (equals < 0) {
      throw new IllegalArgumentException("not an entry: " + line);
    }
    List<String> head = List.of(line.substring(0, equals).strip().split(" "));
    String rest = line.substring(equals + 2).strip();
    List<String> phrasesOfLine =
        rest.isEmpty()
            ? List.of()
            : Arrays.stream(rest.split("\\s\\|\\s")).map(String::strip).toList();
    String argument = String.join(" ", head.subList(1, head.size()));
    switch (head.get(0)) {
      case "stem" -> phrasesOfLine.forEach(word -> irregular.put(word, argument));
      case "expand" ->
          phrasesOfLine.forEach(word -> expansions.put(word, List.of(argument.split(" "))));
      case "verb" -> verbs.addAll(phrasesOfLine);
      case "head" -> heads.addAll(phrasesOfLine);
      case "role" -> roles.add(Set.copyOf(phrasesOfLine));
      case "word" -> wordClasses.declare(argument, phrasesOfLine);
      case "name" -> nameClasses.declare(argument, phrasesOfLine);
      case "same" -> synonyms.add(Set.copyOf(phrasesOfLine));
      case "part" -> parts.addAll(phrasesOfLine);
      case "number" -> phrasesOfLine.forEach(word -> numbers.put(word, new BigDecimal(argument)));
      case "stored" -> {
        var spelling = new Stored(Set.of(head.get(1).split(",")), Set.of(head.get(2).split(",")));
        phrasesOfLine.forEach(word -> stored.put(word, spelling));
      }
      case "month" -> phrasesOfLine.forEach(word -> months.put(word, Integer.valueOf(argument)));
      default -> {
        Cue cue = cue(head.get(0));
        List<String> payload = new ArrayList<>(head.subList(1, head.size()));
        payload.replaceAll(word -> word.equals("eq") ? "=" : word);
        Entry entry = new Entry(cue, payload);
        if (!phrasesOfLine.isEmpty()) {
          first.putIfAbsent(cue + " " + entry.payload(0), phrasesOfLine.get(0));
        }
        for (String phrase : phrasesOfLine) {
          phrases.computeIfAbsent(phrase, key -> new ArrayList<>()).add(entry);
          words.addAll(List.of(phrase.split(" ")));
        }
      }
    }
  }

  private static Cue cue(String kind) {
    try {
      return Cue.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no kind of entry: " + kind, e);
    }
  }

  /** Whether a text in lower case is of one of some classes. */
  public boolean is(String text, WordClass... any) {
    for (WordClass each : any) {
      if (wordClasses.of(each).have(text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first words of a text in lower case, or all of it, are of a class. */
  public boolean begins(String text, WordClass with) {
    return wordClasses.of(with).begin(text);
  }

  /** Whether the last words of a text in lower case, or all of it, are of a class. */
  public boolean ends(String text, WordClass with) {
    return wordClasses.of(with).end(text);
  }

  /** Whether one of the words of a text in lower case is of a class. */
  public boolean has(String text, WordClass word) {
    return wordClasses.of(word).in(text);
  }

  /** The words of a class as they are said, what is thought of first at the beginning. */
  public List<String> words(NameClass of) {
    return nameClasses.of(of).words();
  }

  /** Whether a stem is one of a class. */
  public boolean is(String stem, NameClass of) {
    return nameStems.get(of).contains(stem);
  }

  /** The classes that a name is of, given the stems of its words. */
  public NameClass.Of classes(List<String> stems) {
    Set<NameClass> whole = EnumSet.noneOf(NameClass.class);
    Set<NameClass> within = EnumSet.noneOf(NameClass.class);
    Set<NameClass> ends = EnumSet.noneOf(NameClass.class);
    nameStems.forEach(
        (each, words) -> {
          if (stems.stream().anyMatch(words::contains)) {
            within.add(each);
          }
          for (int from = 0; from < stems.size(); from++) {
            if (words.contains(String.join(" ", stems.subList(from, stems.size())))) {
              ends.add(each);
              if (from == 0) {
                whole.add(each);
              }
            }
          }
        });
    return new NameClass.Of(whole, within, ends);
  }

  /** The phrase that says a cue first of all in the file. */
  public String said(Cue cue) {
    return said(cue, "");
  }

  /** The phrase that says a cue with a payload first of all in the file. */
  public String said(Cue cue, String payload) {
    String phrase = first.get(cue + " " + payload);
    if (phrase == null) {
      throw new IllegalArgumentException(
          "nothing says " + (cue.name().toLowerCase(Locale.ROOT) + " " + payload).strip());
    }
    return phrase;
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
