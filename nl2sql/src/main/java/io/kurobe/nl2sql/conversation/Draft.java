package io.kurobe.nl2sql.conversation;

import io.kurobe.nl2sql.conversation.Clause.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A question's clauses while others are put in their places; of one thread. */
final class Draft {
  /** Where clauses stand; those of one place keep their order. */
  private static final Map<Kind, Integer> PLACES =
      Map.of(
          Kind.HEAD, 0,
          Kind.FILTER, 1,
          Kind.EXCLUSION, 1,
          Kind.NUMBER, 1,
          Kind.REST, 1,
          Kind.TIME, 2,
          Kind.RANK, 3,
          Kind.GROUP, 4,
          Kind.ORDER, 5);

  /** A clause as it is said. */
  record Part(Kind kind, String text, Clause clause) {}

  private final List<Part> parts = new ArrayList<>();

  Draft(List<Clause> clauses) {
    clauses.forEach(clause -> parts.add(new Part(clause.kind(), clause.text(), clause)));
  }

  Optional<Part> find(Kind kind) {
    return parts.stream().filter(part -> part.kind() == kind).findFirst();
  }

  Optional<Part> find(Predicate<Part> wanted) {
    return parts.stream().filter(wanted).findFirst();
  }

  void remove(Predicate<Part> unwanted) {
    parts.removeIf(unwanted);
  }

  /** Puts a clause in the place of another. */
  void replace(Part before, String text, Clause clause) {
    parts.set(parts.indexOf(before), new Part(clause.kind(), text, clause));
  }

  /** Puts it in the place of the first of its kind, and takes away the others of it. */
  void put(String text, Clause clause) {
    Optional<Part> known = find(clause.kind());
    if (known.isPresent()) {
      replace(known.get(), text, clause);
      boolean[] first = {true};
      parts.removeIf(
          part -> {
            boolean again = part.kind() == clause.kind() && !first[0];
            first[0] &= part.kind() != clause.kind();
            return again;
          });
    } else {
      add(text, clause);
    }
  }

  /** Puts it behind the others of its kind. */
  void add(String text, Clause clause) {
    parts.add(new Part(clause.kind(), text, clause));
  }

  /** Puts a condition behind the period. */
  void addLate(String text, Clause clause) {
    parts.add(new Part(Kind.RANK, text, clause));
  }

  /** A year is called so, because another number would be an amount. */
  private static String said(Part part) {
    return part.kind() == Kind.TIME
        ? part.text().replaceFirst("(?i)^(in|during) ((19|20)\\d\\d)$", "in the year $2")
        : part.text();
  }

  /** The question. */
  String text() {
    return parts.stream()
        .sorted(Comparator.comparingInt(part -> PLACES.getOrDefault(part.kind(), 0)))
        .map(Draft::said)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining(" "))
        .replaceAll("\\s+", " ")
        .replaceAll(" ,", ",")
        .strip();
  }
}
