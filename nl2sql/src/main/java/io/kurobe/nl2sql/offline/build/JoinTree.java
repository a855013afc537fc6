package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tables joined along keys and relations, each once: the root, then every join from a table that is
 * already there.
 */
final class JoinTree {
  private static final int FARTHEST = 5;
  private static final double GUESSED = 1.7;

  /** Two rows that refer to the same third one need have nothing to do with each other. */
  private static final double SHARED = 1.6;

  private final SchemaTable root;
  private final Set<SchemaColumn> named;
  private final List<Join> joins = new ArrayList<>();
  private final Set<SchemaTable> tables = new LinkedHashSet<>();

  JoinTree(SchemaTable root, Set<SchemaColumn> named) {
    this.root = root;
    this.named = named;
    tables.add(root);
  }

  SchemaTable root() {
    return root;
  }

  List<Join> joins() {
    return List.copyOf(joins);
  }

  boolean has(SchemaTable table) {
    return tables.contains(table);
  }

  int size() {
    return tables.size();
  }

  /** Adds a way that {@link #path} gave. */
  void add(List<Join> path) {
    for (Join join : path) {
      if (tables.add(join.to())) {
        joins.add(join);
      }
    }
  }

  /** Joins a table by the cheapest way; false if there is none. */
  boolean reach(SchemaTable table) {
    Optional<List<Join>> path = path(table);
    path.ifPresent(this::add);
    return path.isPresent();
  }

  /** Joins a table by the cheapest way from one that is here; false if there is none. */
  boolean reach(SchemaTable table, SchemaTable from) {
    Optional<List<Join>> path = cheapest(Set.of(from), table, named);
    path.ifPresent(this::add);
    return path.isPresent();
  }

  /** The cheapest way from the tables here to another; empty list if it is here. */
  Optional<List<Join>> path(SchemaTable goal) {
    return cheapest(tables, goal, named);
  }

  static Optional<List<Join>> cheapest(Set<SchemaTable> starts, SchemaTable goal) {
    return cheapest(starts, goal, Set.of());
  }

  private static Optional<List<Join>> cheapest(
      Set<SchemaTable> starts, SchemaTable goal, Set<SchemaColumn> named) {
    Join only = goal.reached();
    if (only != null && !starts.contains(goal)) {
      return starts.contains(only.from())
          ? Optional.of(List.of(only))
          : cheapest(starts, only.from(), named)
              .map(path -> Stream.concat(path.stream(), Stream.of(only)).toList());
    }
    record Place(SchemaTable table, boolean parent) {}
    record Step(Place from, Join join) {}
    record Reached(Place place, double cost, int hops) {}
    Map<Place, Double> costs = new HashMap<>();
    Map<Place, Step> via = new HashMap<>();
    var queue = new PriorityQueue<Reached>((a, b) -> Double.compare(a.cost(), b.cost()));
    for (SchemaTable table : starts) {
      var place = new Place(table, false);
      costs.put(place, 0.0);
      queue.add(new Reached(place, 0, 0));
    }
    while (!queue.isEmpty()) {
      Reached at = queue.remove();
      if (at.place().table() == goal) {
        Deque<Join> path = new ArrayDeque<>();
        for (Place p = at.place(); via.containsKey(p); p = via.get(p).from()) {
          path.addFirst(via.get(p).join());
        }
        return Optional.of(List.copyOf(path));
      }
      if (at.cost() > costs.getOrDefault(at.place(), 0.0) || at.hops() >= FARTHEST) {
        continue;
      }
      for (Join join : at.place().table().joins()) {
        double cost =
            at.cost()
                + (join.declared() ? 1 : GUESSED)
                + (join.toOne() ? 0 : 0.1)
                + (at.place().parent() && !join.toOne() ? SHARED : 0)
                - (meant(join, named) ? 0.3 : 0);
        var place = new Place(join.to(), join.toOne());
        if (join.to() != join.from()
            && !starts.contains(join.to())
            && cost < costs.getOrDefault(place, Double.POSITIVE_INFINITY)) {
          costs.put(place, cost);
          via.put(place, new Step(at.place(), join));
          queue.add(new Reached(place, cost, at.hops() + 1));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a key that the question names leads there. */
  private static boolean meant(Join join, Set<SchemaColumn> named) {
    return Stream.concat(join.fromColumns().stream(), join.toColumns().stream())
        .anyMatch(column -> column.foreign() && named.contains(column));
  }

  /** Whether joining everything here leaves each row of a table in one row. */
  boolean keepsRowsOf(SchemaTable table) {
    return repeater(table).isEmpty();
  }

  /** A table of which several rows may belong to one row of another, so that joins repeat it. */
  Optional<SchemaTable> repeater(SchemaTable table) {
    Deque<SchemaTable> open = new ArrayDeque<>(List.of(table));
    Set<SchemaTable> seen = new LinkedHashSet<>(open);
    while (!open.isEmpty()) {
      SchemaTable at = open.remove();
      for (Join join : joins) {
        if (join.from() == at && seen.add(join.to())) {
          if (!join.toOne()) {
            return Optional.of(join.to());
          }
          open.add(join.to());
        } else if (join.to() == at && seen.add(join.from())) {
          // Walked backwards: to one only if some declared way back says so.
          boolean toOne =
              at.joins().stream()
                  .anyMatch(
                      back ->
                          back.to() == join.from()
                              && back.fromColumns().equals(join.toColumns())
                              && back.toColumns().equals(join.fromColumns())
                              && back.toOne());
          if (!toOne) {
            return Optional.of(join.from());
          }
          open.add(join.from());
        }
      }
    }
    return Optional.empty();
  }
}
