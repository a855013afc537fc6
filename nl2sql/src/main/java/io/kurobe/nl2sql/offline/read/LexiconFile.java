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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the file of a lexicon says, line by line. Filled while it is read, then only read. */
final class LexiconFile {
  final Map<String, List<Lexicon.Entry>> phrases = new HashMap<>();
  final Set<String> words = new HashSet<>();
  final Map<String, String> irregular = new HashMap<>();
  final Map<String, List<String>> expansions = new HashMap<>();
  final List<Set<String>> synonyms = new ArrayList<>();
  final Map<String, BigDecimal> numbers = new HashMap<>();
  final Set<String> parts = new HashSet<>();
  final Set<String> verbs = new HashSet<>();
  final Set<String> heads = new HashSet<>();
  final Map<String, Integer> months = new HashMap<>();
  final Map<String, Integer> ordinals = new HashMap<>();
  final Map<String, String> periods = new HashMap<>();
  final List<Plural> plurals = new ArrayList<>();
  final List<Contraction> contractions = new ArrayList<>();
  String stemmer = Stems.NONE;
  final Map<String, Lexicon.Stored> stored = new HashMap<>();
  final List<Set<String>> roles = new ArrayList<>();
  final Map<String, String> first = new HashMap<>();
  final Classes<WordClass> wordClasses = new Classes<>(WordClass.class);
  final Classes<NameClass> nameClasses = new Classes<>(NameClass.class);

  /** What a word ends in where there are several, and in its place where there is one. */
  record Plural(String many, String one) {}

  /** Words that end in a short form of another word. */
  record Contraction(String ending, String meaning, List<String> words) {
    Contraction {
      words = List.copyOf(words);
    }
  }

  private LexiconFile() {}

  /**
   * Reads a file and closes it.
   *
   * @param name what messages call it
   * @throws IllegalArgumentException if a line is no entry, or a class is not declared
   */
  static LexiconFile read(String name, InputStream in) {
    var file = new LexiconFile();
    int number = 0;
    try (var reader = new LineNumberReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number = reader.getLineNumber();
        if (!line.isBlank() && !line.startsWith("#")) {
          file.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ":" + number + ": " + e.getMessage(), e);
    }
    try {
      file.wordClasses.complete();
      file.nameClasses.complete();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    return file;
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
      case "same" -> synonyms.add(new LinkedHashSet<>(phrasesOfLine));
      case "part" -> parts.addAll(phrasesOfLine);
      case "number" -> phrasesOfLine.forEach(word -> numbers.put(word, new BigDecimal(argument)));
      case "stored" -> {
        atLeast(3, head);
        var spelling =
            new Lexicon.Stored(Set.of(head.get(1).split(",")), Set.of(head.get(2).split(",")));
        phrasesOfLine.forEach(word -> stored.put(word, spelling));
      }
      case "plural" -> phrasesOfLine.forEach(ending -> plurals.add(new Plural(ending, argument)));
      case "period" ->
          phrasesOfLine.forEach(word -> periods.put(word, argument.toUpperCase(Locale.ROOT)));
      case "ordinal" -> phrasesOfLine.forEach(w -> ordinals.put(w, Integer.valueOf(argument)));
      case "contraction" -> {
        atLeast(3, head);
        contractions.add(new Contraction(head.get(1), head.get(2), phrasesOfLine));
      }
      case "stemmer" -> stemmer = rest;
      case "month" -> phrasesOfLine.forEach(word -> months.put(word, Integer.valueOf(argument)));
      default -> {
        Cue cue = cue(head.get(0));
        List<String> payload = new ArrayList<>(head.subList(1, head.size()));
        payload.replaceAll(word -> word.equals("eq") ? "=" : word);
        Lexicon.Entry entry = new Lexicon.Entry(cue, payload);
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

  private static void atLeast(int words, List<String> head) {
    if (head.size() < words) {
      throw new IllegalArgumentException(
          "says too little before the sign =: " + String.join(" ", head));
    }
  }
}
