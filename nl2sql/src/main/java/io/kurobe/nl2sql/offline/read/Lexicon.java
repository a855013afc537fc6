package io.kurobe.nl2sql.offline.read;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
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

  private final LexiconFile file;
  private final Writing writing;
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

  private Lexicon(LexiconFile file) {
    this.file = file;
    SAID.forEach(this::said);
    List.of(">", "<").forEach(operator -> said(Cue.COMPARE, operator));
    writing = new Writing(this);
    var stems = new Stems(this);
    for (NameClass each : NameClass.values()) {
      nameStems.put(each, file.nameClasses.of(each).each(stems::of));
    }
  }

  /** The lexicon of English. */
  public static Lexicon english() {
    var english = Lexicon.class.getResourceAsStream("en.lexicon");
    return read("en.lexicon", Objects.requireNonNull(english, "en.lexicon is missing"));
  }

  /**
   * Reads the lexicon of a language, and closes its file.
   *
   * @param name what messages call the file
   * @throws IllegalArgumentException if a line is no entry, or a class of words is not declared
   */
  public static Lexicon read(String name, InputStream in) {
    LexiconFile file = LexiconFile.read(name, in);
    try {
      return new Lexicon(file);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Whether a text in lower case is of one of some classes. */
  public boolean is(String text, WordClass... any) {
    for (WordClass each : any) {
      if (file.wordClasses.of(each).have(text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first words of a text in lower case, or all of it, are of a class. */
  public boolean begins(String text, WordClass with) {
    return file.wordClasses.of(with).begin(text);
  }

  /** Whether the last words of a text in lower case, or all of it, are of a class. */
  public boolean ends(String text, WordClass with) {
    return file.wordClasses.of(with).end(text);
  }

  /** Whether one of the words of a text in lower case is of a class. */
  public boolean has(String text, WordClass word) {
    return file.wordClasses.of(word).in(text);
  }

  /** The words and phrases of a class, without its beginnings and endings. */
  public List<String> words(WordClass of) {
    return file.wordClasses.of(of).words();
  }

  /** The words of a class as they are said, what is thought of first at the beginning. */
  public List<String> words(NameClass of) {
    return file.nameClasses.of(of).words();
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
    String phrase = file.first.get(cue + " " + payload);
    if (phrase == null) {
      throw new IllegalArgumentException(
          "nothing says " + (cue.name().toLowerCase(Locale.ROOT) + " " + payload).strip());
    }
    return phrase;
  }

  /** What a phrase may mean, in the file's order; empty if it is no cue. */
  public List<Entry> entries(String phrase) {
    return file.phrases.getOrDefault(phrase, List.of());
  }

  /** The words of phrases. */
  public Set<String> words() {
    return file.words;
  }

  /** The number of words of the longest phrase. */
  public int longestPhrase() {
    return LONGEST_PHRASE;
  }

  /** The base form of an irregular word, else the word. */
  String irregular(String word) {
    return file.irregular.getOrDefault(word, word);
  }

  /** What an abbreviation stands for, else the word alone. */
  public List<String> expand(String word) {
    return file.expansions.getOrDefault(word, List.of(word));
  }

  /** Whether a word means something here: as a cue, an abbreviation, or beside others like it. */
  public boolean known(String word) {
    return file.phrases.containsKey(word)
        || file.expansions.containsKey(word)
        || file.synonyms.stream().anyMatch(group -> group.contains(word));
  }

  /** Words that names often end in, so that they are found where nothing separates them. */
  public Set<String> parts() {
    return Collections.unmodifiableSet(file.parts);
  }

  /** The value of a number word. */
  public Optional<BigDecimal> number(String word) {
    return Optional.ofNullable(file.numbers.get(word));
  }

  /** How a word may be stored, as "female" is as "F". */
  public Optional<Stored> stored(String word) {
    return Optional.ofNullable(file.stored.get(word));
  }

  /**
   * Whether a word, or the stem of one, is a verb that seldom says more than that things belong.
   */
  public boolean verb(String wordOrStem) {
    return file.verbs.contains(wordOrStem);
  }

  /** Whether a word beside a name adds little to it, as "size" or "status" do. */
  public boolean head(String word) {
    return file.heads.contains(word);
  }

  /** Whether a word says the role that a name says, as "from" says a source. */
  public boolean sameRole(String word, String name) {
    return file.roles.stream().anyMatch(role -> role.contains(word) && role.contains(name));
  }

  /** What a word may be one of, if it is a plural; the likeliest first. */
  public List<String> singulars(String word) {
    return file.plurals.stream()
        .filter(plural -> word.endsWith(plural.many()))
        .map(p -> word.substring(0, word.length() - p.many().length()) + p.one())
        .toList();
  }

  /** The unit of time that a word says, as SQL calls it. */
  Optional<String> period(String word) {
    return Optional.ofNullable(file.periods.get(word));
  }

  /** Which one an ordinal says, from 1. */
  Optional<Integer> ordinal(String word) {
    return Optional.ofNullable(file.ordinals.get(word));
  }

  List<LexiconFile.Contraction> contractions() {
    return file.contractions;
  }

  /** The name of the language's stemmer. */
  String stemmer() {
    return file.stemmer;
  }

  /** How the language's words are written. */
  Writing writing() {
    return writing;
  }

  /** The month of a name, 1 to 12. */
  public Optional<Integer> month(String word) {
    return Optional.ofNullable(file.months.get(word));
  }

  /** Words and phrases that name about the same thing as the given one, without it. */
  public Set<String> synonyms(String phrase) {
    return file.synonyms.stream()
        .filter(group -> group.contains(phrase))
        .flatMap(Set::stream)
        .filter(other -> !other.equals(phrase))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
