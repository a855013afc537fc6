package io.kurobe.nl2sql.memory;

import io.kurobe.planner.memory.TaughtPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A taught question with holes where it says values that are constants of its query.
 *
 * @param slots in the question's order
 */
record Skeleton(TaughtPair pair, Words words, List<Slot> slots) {
  private static final String HOLE = "\u0000";
  private static final int MOST_SLOTS = 2;
  private static final int LONGEST_VALUE = 6;

  /** A question is told by more than its values. */
  private static final int LEAST_WORDS = 2;

  /** What fills a hole. */
  enum Kind {
    TEXT,
    NUMBER,
    /** A year, from which all dates of the query come. */
    YEAR
  }

  /**
   * A hole.
   *
   * @param start its first word in the question
   * @param value the constant's
   */
  record Slot(Kind kind, int start, int length, String value) {}

  Skeleton {
    slots = List.copyOf(slots);
  }

  /** The question with its holes; without any if there are none, or too many. */
  static Skeleton of(TaughtPair pair) {
    Words words = Words.of(pair.question());
    List<SqlLiterals.Literal> literals = SqlLiterals.of(pair.sql());
    List<Slot> slots = new ArrayList<>();
    for (SqlLiterals.Literal literal : literals) {
      slot(words, literal, literals)
          .filter(slot -> slots.stream().noneMatch(known -> overlap(known, slot)))
          .ifPresent(slots::add);
    }
    slots.sort(Comparator.comparingInt(Slot::start));
    int held = slots.stream().mapToInt(Slot::length).sum();
    boolean enough = words.size() - held >= LEAST_WORDS;
    return new Skeleton(pair, words, enough && slots.size() <= MOST_SLOTS ? slots : List.of());
  }

  private static boolean overlap(Slot one, Slot other) {
    return one.start() < other.start() + other.length()
        && other.start() < one.start() + one.length();
  }

  private static Optional<Slot> slot(
      Words words, SqlLiterals.Literal literal, List<SqlLiterals.Literal> all) {
    return switch (literal.kind()) {
      case TEXT -> {
        Words value = Words.of(literal.value());
        int place =
            value.size() == 0 || value.size() > LONGEST_VALUE ? -1 : words.onlyPlaceOf(value);
        yield place < 0
            ? Optional.empty()
            : Optional.of(new Slot(Kind.TEXT, place, value.size(), literal.value()));
      }
      case NUMBER -> {
        long same =
            all.stream()
                .filter(other -> other.kind() == SqlLiterals.Kind.NUMBER)
                .filter(other -> other.value().equals(literal.value()))
                .count();
        int place = same > 1 ? -1 : words.onlyPlaceOf(new Words(List.of(literal.value())));
        boolean year = place >= 0 && isYear(literal.value()) && hasTimes(all);
        yield place < 0 || year
            ? Optional.empty()
            : Optional.of(new Slot(Kind.NUMBER, place, 1, literal.value()));
      }
      case TIME -> {
        String year = literal.value().substring(0, Math.min(4, literal.value().length()));
        int place = isYear(year) ? words.onlyPlaceOf(new Words(List.of(year))) : -1;
        yield place < 0 || !allWithin(all, Integer.parseInt(year))
            ? Optional.empty()
            : Optional.of(new Slot(Kind.YEAR, place, 1, year));
      }
    };
  }

  static boolean isYear(String word) {
    return word.matches("(19|20)\\d\\d");
  }

  private static boolean hasTimes(List<SqlLiterals.Literal> all) {
    return all.stream().anyMatch(literal -> literal.kind() == SqlLiterals.Kind.TIME);
  }

  /** Whether all dates are of a year, or the first day after it. */
  private static boolean allWithin(List<SqlLiterals.Literal> all, int year) {
    return all.stream()
        .filter(literal -> literal.kind() == SqlLiterals.Kind.TIME)
        .allMatch(
            literal ->
                literal.value().startsWith(year + "-")
                    || literal.value().startsWith((year + 1) + "-01-01"));
  }

  /** What the index finds it by. */
  String key() {
    return key(words, slots.stream().map(slot -> new int[] {slot.start(), slot.length()}).toList());
  }

  /** Words with holes in the place of spans: pairs of start and length, in order. */
  static String key(Words words, List<int[]> spans) {
    var key = new StringBuilder();
    int at = 0;
    for (int[] span : spans) {
      words.all().subList(at, span[0]).forEach(word -> key.append(word).append(' '));
      key.append(HOLE).append(' ');
      at = span[0] + span[1];
    }
    words.all().subList(at, words.size()).forEach(word -> key.append(word).append(' '));
    return key.toString().toLowerCase(Locale.ROOT);
  }
}
