package io.kurobe.planner.privacy;

import io.kurobe.planner.privacy.pattern.PersonalKind;
import io.kurobe.planner.privacy.pattern.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What columns are called, in several languages, as the {@code .words} files beside this class say
 * it. Immutable; threads share it.
 */
final class Lexicon {
  private static final List<String> FILES =
      List.of(
          "columns-en.words", "columns-de.words", "columns-romance.words", "columns-others.words");

  /** The lexicon of all languages. */
  static final Lexicon ALL = new Lexicon();

  /**
   * Words in a row.
   *
   * @param prefix whether the last only has to begin so
   * @param whole whether nothing else may be in the name
   */
  private record Phrase(List<String> words, boolean prefix, boolean whole) {
    boolean isAt(List<String> name, int at) {
      if (at + words.size() > name.size() || whole && name.size() != words.size()) {
        return false;
      }
      int last = words.size() - 1;
      String end = name.get(at + last);
      return name.subList(at, at + last).equals(words.subList(0, last))
          && (prefix ? end.startsWith(words.get(last)) : end.equals(words.get(last)));
    }
  }

  /**
   * A phrase of a kind in a name.
   *
   * @param start its first word
   * @param end the word after its last
   */
  record Match(PersonalKind kind, int start, int end) {}

  private final Map<String, List<Phrase>> phrases = new HashMap<>();

  private Lexicon() {
    for (String file : FILES) {
      Words.text(Lexicon.class, file)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(this::add);
    }
  }

  private void add(String line) {
    int colon = line.indexOf(':');
    List<Phrase> of = phrases.computeIfAbsent(line.substring(0, colon), key -> new ArrayList<>());
    for (String written : line.substring(colon + 1).split(",")) {
      String text = Words.folded(written.strip());
      boolean prefix = text.endsWith("*");
      boolean whole = text.startsWith("=");
      List<String> words = Arrays.asList(text.replaceAll("[*=]", "").split(" +"));
      of.add(new Phrase(words, prefix, whole));
      if (words.size() > 1) {
        of.add(new Phrase(List.of(String.join("", words)), prefix, whole));
      }
    }
  }

  /** Whether a phrase of a list stands anywhere in a name. */
  boolean holds(String list, List<String> name) {
    for (int at = 0; at < name.size(); at++) {
      if (isAt(list, name, at)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a phrase of a list stands at a place in a name. */
  boolean isAt(String list, List<String> name, int at) {
    return phrases.getOrDefault(list, List.of()).stream().anyMatch(phrase -> phrase.isAt(name, at));
  }

  /** The longest phrase of any kind in a name, the last of those as long. */
  Optional<Match> longest(List<String> name) {
    Match best = null;
    for (PersonalKind kind : PersonalKind.values()) {
      for (Phrase phrase : phrases.getOrDefault(kind.label(), List.of())) {
        for (int at = 0; at < name.size(); at++) {
          if (phrase.isAt(name, at)
              && (best == null || phrase.words().size() > best.end() - best.start())) {
            best = new Match(kind, at, at + phrase.words().size());
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
