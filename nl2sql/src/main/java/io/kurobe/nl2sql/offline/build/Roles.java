package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table that is meant twice: "employees who earn more than their manager", "flights from Oslo to
 * Rome". A name that a key says (the manager), or one beside a word that says which of two keys
 * leads to it (from, to, home, winning), becomes one of the table in that role.
 */
final class Roles {
  private static final int NEAR = 4;

  /** How well the name of a key fits whom it refers to. */
  private static final double SAID = 0.95;

  private final Map<Join, SchemaTable> roles = new HashMap<>();
  private Words words;

  private Roles(Words words) {
    this.words = words;
  }

  /** The same words, with names in roles where they have one. */
  static Words assign(Words words) {
    var roles = new Roles(words);
    Set<SchemaTable> tables = new LinkedHashSet<>();
    words.chosen().values().forEach(link -> tables.add(link.target().table()));
    for (SchemaTable table : tables) {
      roles.ofItself(table);
      roles.ofTwo(table);
    }
    return roles.words;
  }

  private SchemaTable role(Join join) {
    return roles.computeIfAbsent(join, SchemaTable::inRole);
  }

  /** A row that another of the same table refers to. */
  private void ofItself(SchemaTable table) {
    for (Join join : table.joins()) {
      if (join.to() != table || !join.toOne() || join.fromColumns().size() != 1) {
        continue;
      }
      SchemaColumn key = join.fromColumns().get(0);
      for (int i = 0; i < words.size(); i++) {
        boolean said = words.is(i - 1, Cue.PRONOUN) || namedElsewhere(i, table, key);
        if (!refers(i, key) || negated(i) || !said) {
          continue;
        }
        SchemaTable other = role(join);
        Link link = java.util.Objects.requireNonNull(words.chosen().get(i));
        words = words.with(i, new Link(new Target.OfTable(other), Math.max(link.score(), SAID)));
        ownColumn(i, table, other);
      }
    }
  }

  /** Whether a name is that of whom a key refers to: "manager" of one called manager_id. */
  private boolean refers(int i, SchemaColumn key) {
    if (!(words.items().get(i) instanceof Item.Named named)
        || !words.named(i)
        || words.ends(i, WordClass.KEY)) {
      return false;
    }
    Target chosen = words.chosen().get(i).target();
    if (chosen instanceof Target.OfTable && words.chosen().get(i).score() >= 0.9
        || chosen instanceof Target.OfValue) {
      return false;
    }
    return named.links().stream()
        .anyMatch(
            link -> link.target() instanceof Target.OfColumn column && column.column() == key);
  }

  private boolean negated(int i) {
    return words.is(i - 1, Cue.NOT) || words.is(i - 2, Cue.NOT);
  }

  private boolean namedElsewhere(int at, SchemaTable table, SchemaColumn key) {
    return words.chosen().entrySet().stream()
        .anyMatch(
            e ->
                e.getKey() != at
                    && e.getValue().target().table() == table
                    && words.column(e.getKey()) != key);
  }

  /** "their manager's salary", "than the salary of their manager": a column of the other row. */
  private void ownColumn(int i, SchemaTable table, SchemaTable other) {
    int behind = i + 1;
    while (words.is(behind, Cue.FILLER) || words.is(behind, WordClass.POSSESSIVE)) {
      behind++;
    }
    int before = i - 1;
    while (words.is(before, Cue.PRONOUN, Cue.FILLER)) {
      before--;
    }
    boolean of = words.is(before, WordClass.GENITIVE) && words.is(before, Cue.PREP);
    for (int at : new int[] {behind, of ? before - 1 : -1}) {
      Link link = words.chosen().get(at);
      SchemaColumn column = words.column(at);
      if (link != null
          && link.target() instanceof Target.OfLabel
          && link.target().table() == table) {
        words = words.with(at, new Link(new Target.OfLabel(other), link.score()));
      }
      if (column != null && column.table() == table) {
        words = words.with(at, new Link(new Target.OfColumn(SameForm.twin(column, other)), 1.0));
      }
    }
  }

  /** What one of several keys to a table leads to. */
  private void ofTwo(SchemaTable table) {
    Map<SchemaTable, List<Join>> ways = new LinkedHashMap<>();
    for (Join join : table.joins()) {
      if (join.toOne() && join.to() != table && join.fromColumns().size() == 1) {
        ways.computeIfAbsent(join.to(), to -> new ArrayList<>()).add(join);
      }
    }
    ways.values().removeIf(joins -> joins.size() < 2);
    boolean named =
        words.chosen().values().stream()
            .anyMatch(l -> l.target().equals(new Target.OfTable(table)));
    if (ways.isEmpty() || !named) {
      return;
    }
    for (int i = 0; i < words.size(); i++) {
      if (words.items().get(i) instanceof Item.Named name && words.named(i)) {
        for (Link link : name.links()) {
          List<Join> joins = ways.get(link.target().table());
          if (joins != null && take(i, link, joins)) {
            break;
          }
        }
      }
    }
    ways.keySet().forEach(this::all);
  }

  /** One role is that of all that is named of its table. */
  private void all(SchemaTable table) {
    List<SchemaTable> taken =
        roles.entrySet().stream()
            .filter(e -> e.getKey().to() == table && e.getKey().from() != table)
            .map(Map.Entry::getValue)
            .toList();
    if (taken.size() != 1) {
      return;
    }
    for (int i = 0; i < words.size(); i++) {
      Link link = words.chosen().get(i);
      if (link != null && link.target().table() == table) {
        words = words.with(i, new Link(in(link.target(), taken.get(0)), link.score()));
      }
    }
  }

  /** Gives a name the role that the words before it say; false if they say none. */
  private boolean take(int i, Link link, List<Join> joins) {
    boolean chosen = link.equals(words.chosen().get(i));
    if (!chosen
        && !(link.target() instanceof Target.OfValue
            && words.chosen().get(i).target() instanceof Target.OfValue)) {
      return false;
    }
    for (int k = i; k >= 0 && k >= i - NEAR && !words.is(k, Cue.END); k--) {
      Join join = said(k, joins);
      if (join != null) {
        SchemaTable role = role(join);
        words = words.with(i, new Link(in(link.target(), role), link.score()));
        if (words.items().get(k) instanceof Item.Unknown) {
          words = words.understood(k);
        } else if (k < i && words.column(k) == join.fromColumns().get(0)) {
          words = words.with(k, new Link(new Target.OfTable(role), 1.0));
        }
        return true;
      }
      if (k < i && words.named(k) && words.column(k) == null) {
        return false;
      }
    }
    return false;
  }

  private static Target in(Target target, SchemaTable role) {
    if (target instanceof Target.OfColumn column) {
      return new Target.OfColumn(SameForm.twin(column.column(), role));
    }
    if (target instanceof Target.OfLabel) {
      return new Target.OfLabel(role);
    }
    return target instanceof Target.OfValue value
        ? new Target.OfValue(SameForm.twin(value.column(), role), value.value())
        : new Target.OfTable(role);
  }

  /** Which of several ways the words at a position say; null if none, or not one alone. */
  private @Nullable Join said(int at, List<Join> joins) {
    for (String word : words.text(at).split("\\s+")) {
      List<Join> meant = joins.stream().filter(join -> says(word, join, joins)).toList();
      if (meant.size() == 1) {
        return meant.get(0);
      }
    }
    return null;
  }

  /** Whether a word says a key, and none that all of the keys have. */
  private boolean says(String word, Join join, List<Join> joins) {
    List<String> own = new ArrayList<>(join.fromColumns().get(0).words());
    own.removeAll(join.to().words());
    joins.stream()
        .filter(other -> other != join)
        .forEach(other -> own.removeAll(other.fromColumns().get(0).words()));
    String lower = word.toLowerCase(Locale.ROOT);
    return own.stream()
        .anyMatch(
            mine ->
                lower.length() > 2 && Guesses.sameRoot(lower, mine)
                    || words.lexicon().sameRole(lower, mine));
  }
}
