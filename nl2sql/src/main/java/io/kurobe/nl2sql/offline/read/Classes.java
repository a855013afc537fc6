package io.kurobe.nl2sql.offline.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which words are of which class, as one file says. Each class is declared once, if only to say
 * that the language has no such word. Filled while the file is read, then only read.
 *
 * @param <E> the classes; in the file {@code MORE_THAN} is {@code more-than}
 */
final class Classes<E extends Enum<E>> {
  private final Class<E> type;
  private final Map<E, Members> members;

  Classes(Class<E> type) {
    this.type = type;
    this.members = new EnumMap<>(type);
  }

  /** Declares a class. */
  void declare(String name, List<String> words) {
    E declared =
        Arrays.stream(type.getEnumConstants())
            .filter(each -> name(each).equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("nothing looks for a class " + name));
    if (members.putIfAbsent(declared, Members.of(words)) != null) {
      throw new IllegalArgumentException("the class " + name + " is declared twice");
    }
  }

  /** Fails if a class that is looked for is not declared. */
  void complete() {
    List<String> missing =
        Arrays.stream(type.getEnumConstants())
            .filter(each -> !members.containsKey(each))
            .map(Classes::name)
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "these classes are not declared: " + String.join(", ", missing));
    }
  }

  Members of(E each) {
    return members.get(each);
  }

  private static String name(Enum<?> each) {
    return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What belongs to a class.
   *
   * @param words as they are written, in the file's order, without patterns
   * @param whole the same, to look up
   * @param patterns beginnings and endings
   * @param not patterns of what does not belong to it, whatever else says so
   */
  record Members(List<String> words, Set<String> whole, List<Affix> patterns, List<Affix> not) {
    static Members of(List<String> said) {
      List<String> words = new ArrayList<>();
      List<Affix> patterns = new ArrayList<>();
      List<Affix> not = new ArrayList<>();
      for (String each : said) {
        if (each.startsWith("!")) {
          not.add(Affix.of(each.substring(1)));
        } else if (each.indexOf('*') >= 0 || each.indexOf('?') >= 0) {
          patterns.add(Affix.of(each));
        } else {
          words.add(each);
        }
      }
      return new Members(List.copyOf(words), Set.copyOf(new HashSet<>(words)), patterns, not);
    }

    /** The words, each in another form, as names are compared. */
    Set<String> each(UnaryOperator<String> form) {
      return words.stream()
          .map(
              phrase -> Arrays.stream(phrase.split(" ")).map(form).collect(Collectors.joining(" ")))
          .collect(Collectors.toUnmodifiableSet());
    }

    boolean have(String text) {
      return whole.contains(text) || !patterns.isEmpty() && fit(patterns, text) && !fit(not, text);
    }

    private static boolean fit(List<Affix> patterns, String text) {
      for (Affix each : patterns) {
        if (each.fits(text)) {
          return true;
        }
      }
      return false;
    }

    /** Whether the first words of a text, or all of it, are of the class. */
    boolean begin(String text) {
      for (int at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
        if (have(text.substring(0, at))) {
          return true;
        }
      }
      return have(text);
    }

    /** Whether the last words of a text, or all of it, are of the class. */
    boolean end(String text) {
      for (int at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
        if (have(text.substring(at + 1))) {
          return true;
        }
      }
      return have(text);
    }

    /** Whether a word of a text is of the class. */
    boolean in(String text) {
      int from = 0;
      for (int at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', from)) {
        if (have(text.substring(from, at))) {
          return true;
        }
        from = at + 1;
      }
      return have(text.substring(from));
    }
  }

  /**
   * How a word begins and ends.
   *
   * @param others how many characters there are between the two at least
   */
  record Affix(String start, String end, int others) {
    /** Reads {@code start*}, {@code *end}, both, or with {@code ??*} two characters between. */
    static Affix of(String pattern) {
      int star = pattern.indexOf('*');
      int start = pattern.indexOf('?') < 0 ? star : pattern.indexOf('?');
      String end = pattern.substring(star + 1);
      if (star < 0
          || pattern.length() == star - start + 1
          || end.indexOf('?') >= 0
          || end.indexOf('*') >= 0
          || !pattern.substring(start, star).chars().allMatch(c -> c == '?')) {
        throw new IllegalArgumentException("neither a beginning nor an ending: " + pattern);
      }
      return new Affix(pattern.substring(0, start), end, star - start);
    }

    boolean fits(String text) {
      return text.length() >= start.length() + end.length() + others
          && text.startsWith(start)
          && text.endsWith(end);
    }
  }
}
