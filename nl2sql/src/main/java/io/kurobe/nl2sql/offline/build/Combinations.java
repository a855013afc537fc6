package io.kurobe.nl2sql.offline.build;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Questions that one set of conditions cannot answer: "both those with A and those with B" of one
 * column are two sets of rows of which the common ones are shown; "those with A and B but not with
 * C and D" are one set without another.
 */
final class Combinations {
  private Combinations() {}

  /** Splits a draft's conditions where they exclude each other. */
  static void intersect(Draft draft, boolean together) {
    if (draft.combined != null || !rows(draft)) {
      return;
    }
    List<List<Condition>> second = new ArrayList<>();
    List<List<Condition>> first = new ArrayList<>(draft.where);
    for (List<Condition> group : draft.where) {
      for (List<Condition> later : draft.where) {
        if (draft.where.indexOf(later) > draft.where.indexOf(group)
            && first.contains(later)
            && first.contains(group)
            && exclude(group, later)
            && (together || !equality(group))) {
          first.remove(later);
          second.add(later);
        }
      }
    }
    if (second.isEmpty()) {
      return;
    }
    List<List<Condition>> other = new ArrayList<>(second);
    for (List<Condition> group : first) {
      if (second.stream().noneMatch(condition -> exclude(group, condition))) {
        other.add(group);
      }
    }
    combine(draft, Intent.Combination.INTERSECT, first, other);
  }

  /** Takes away what the conditions from a place on are about. */
  static void except(Draft draft, int from, boolean none) {
    if (!rows(draft) || draft.where.size() - from < (none ? 1 : 2)) {
      return;
    }
    List<List<Condition>> kept = new ArrayList<>(draft.where.subList(0, from));
    List<List<Condition>> without = new ArrayList<>();
    for (List<Condition> group : draft.where.subList(from, draft.where.size())) {
      if (group.get(0) instanceof Condition.Exists) {
        return;
      }
      without.add(
          group.size() == 1
                  && group.get(0) instanceof Condition.Compare c
                  && c.operator().equals("<>")
              ? List.of(new Condition.Compare(c.column(), "=", c.value()))
              : group);
    }
    combine(draft, Intent.Combination.EXCEPT, kept, without);
  }

  /** "countries that never had one": of what rows share, what none with the condition has. */
  static void never(Draft draft) {
    if (draft.combined != null || !rows(draft) || draft.where.size() != 1) {
      return;
    }
    if (shared(draft)
        && draft.where.get(0).get(0) instanceof Condition.Compare c
        && c.operator().equals("<>")
        && c.table() == draft.outputs.get(0).table()) {
      var equal = new Condition.Compare(c.column(), "=", c.value());
      combine(draft, Intent.Combination.EXCEPT, List.of(), List.of(List.of(equal)));
    }
  }

  /** Whether all that is shown is what several rows may have in common. */
  static boolean shared(Draft draft) {
    return !draft.outputs.isEmpty()
        && draft.outputs.stream()
            .allMatch(
                e ->
                    e instanceof Expression.Column c
                        && !c.table().label().contains(c.column())
                        && !c.table().key().contains(c.column()));
  }

  private static void combine(
      Draft draft,
      Intent.Combination by,
      List<List<Condition>> kept,
      List<List<Condition>> others) {
    draft.where.clear();
    draft.where.addAll(others);
    Intent with = draft.finish();
    draft.where.clear();
    draft.where.addAll(kept);
    draft.combined = new Intent.Combined(by, with);
  }

  /** Whether a draft shows plain rows, of which sets can be made. */
  private static boolean rows(Draft draft) {
    return !draft.aggregates()
        && !draft.outputs.isEmpty()
        && draft.groups.isEmpty()
        && draft.having.isEmpty()
        && draft.order.isEmpty()
        && draft.limit == null;
  }

  private static boolean equality(List<Condition> group) {
    return group.get(0) instanceof Condition.Compare c && c.operator().equals("=");
  }

  /** Whether no row can satisfy both. */
  static boolean exclude(List<Condition> a, List<Condition> b) {
    if (a.size() != 1
        || b.size() != 1
        || !(a.get(0) instanceof Condition.Compare x)
        || !(b.get(0) instanceof Condition.Compare y)
        || x.column() != y.column()) {
      return false;
    }
    if (x.operator().equals("=") && y.operator().equals("=")) {
      return !x.value().equals(y.value());
    }
    Optional<BigDecimal> low = number(x);
    Optional<BigDecimal> high = number(y);
    if (low.isEmpty() || high.isEmpty()) {
      return false;
    }
    boolean ascending = x.operator().startsWith("<") && y.operator().startsWith(">");
    boolean descending = x.operator().startsWith(">") && y.operator().startsWith("<");
    int order = low.get().compareTo(high.get());
    return ascending && order < 0 || descending && order > 0;
  }

  private static Optional<BigDecimal> number(Condition.Compare condition) {
    return condition.value().matches("-?\\d+(\\.\\d+)?")
        ? Optional.of(new BigDecimal(condition.value()))
        : Optional.empty();
  }
}
