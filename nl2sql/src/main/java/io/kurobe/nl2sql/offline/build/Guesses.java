package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaColumn.Nature;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns that a question means without naming them. */
final class Guesses {
  private final Draft draft;
  private final Map<Integer, Link> chosen;

  Guesses(Draft draft, Map<Integer, Link> chosen) {
    this.draft = draft;
    this.chosen = chosen;
  }

  /** How many of the entity a row of another table is about: what "sold the most" adds up. */
  @Nullable SchemaColumn quantity() {
    if (draft.entity == null) {
      return null;
    }
    List<SchemaColumn> quantities =
        draft.entity.joins().stream()
            .filter(join -> !join.toOne())
            .flatMap(join -> join.to().columns().stream())
            .filter(column -> column.measure() && column.has(NameClass.QUANTITY))
            .distinct()
            .toList();
    return quantities.size() == 1 ? quantities.get(0) : null;
  }

  static List<String> attributes(List<String> payload, int from) {
    return payload.size() <= from
        ? List.of()
        : Arrays.asList(String.join(" ", payload.subList(from, payload.size())).split(","));
  }

  /** The column that an adjective is about: "old" about an age, "expensive" about a price. */
  @Nullable SchemaColumn attribute(List<String> words) {
    return attribute(words, named());
  }

  /** The like in a table beside those that the question names. */
  @Nullable SchemaColumn attributeBeside(List<String> words) {
    List<SchemaTable> tables = new ArrayList<>();
    for (SchemaTable table : named()) {
      table.joins().stream().map(Join::to).filter(to -> !tables.contains(to)).forEach(tables::add);
    }
    return attribute(words, tables);
  }

  /** The like in the first table that has one. */
  static @Nullable SchemaColumn attribute(List<String> words, List<SchemaTable> tables) {
    for (SchemaTable table : tables) {
      for (String word : words) {
        String bare = word.endsWith("-") ? word.substring(0, word.length() - 1) : word;
        for (SchemaColumn column : table.columns()) {
          boolean named = column.words().stream().anyMatch(w -> sameRoot(bare, w));
          if (named && !column.identifier() && column.nature() != Nature.BOOLEAN) {
            return column;
          }
        }
      }
      if (timely(words, table.lexicon())) {
        // "the latest": by the time that a row has, whatever it is called
        List<SchemaColumn> times =
            table.columns().stream().filter(column -> column.nature() == Nature.TIME).toList();
        if (!times.isEmpty()) {
          return times.stream()
              .filter(time -> table.words().stream().anyMatch(time.words()::contains))
              .findFirst()
              .orElse(times.get(0));
        }
      }
    }
    return null;
  }

  /** Whether an adjective is about when, as what it is about says. */
  static boolean timely(List<String> words, Lexicon lexicon) {
    return words.stream().anyMatch(lexicon.words(NameClass.DATE)::contains);
  }

  private List<SchemaTable> named() {
    List<SchemaTable> tables = new ArrayList<>();
    if (draft.entity != null) {
      tables.add(draft.entity);
    }
    chosen.values().stream().map(link -> link.target().table()).distinct().forEach(tables::add);
    return tables;
  }

  private List<SchemaTable> near() {
    List<SchemaTable> tables = named();
    for (int hops = 0; hops < 2; hops++) {
      for (SchemaTable table : List.copyOf(tables)) {
        table.joins().stream()
            .map(Join::to)
            .filter(to -> !tables.contains(to))
            .forEach(tables::add);
      }
    }
    return tables;
  }

  /** The text that says who did what a verb tells: a director, the name of a reviewer. */
  @Nullable SchemaColumn agent(String verb) {
    for (SchemaTable table : near()) {
      for (SchemaColumn column : table.columns()) {
        if (column.nature() == Nature.TEXT
            && !column.identifier()
            && column.words().stream()
                .anyMatch(w -> sameRoot(verb, w) && !table.lexicon().is(w, WordClass.PAST))) {
          return column;
        }
      }
      if (table.label().size() == 1 && table.words().stream().anyMatch(w -> sameRoot(verb, w))) {
        return table.label().get(0);
      }
    }
    return null;
  }

  /** What a thing is called, where not all of what is stored is known; else the entity's label. */
  List<SchemaColumn> unlistedLabel() {
    for (SchemaTable table : near()) {
      List<SchemaColumn> label = table.label();
      if (!label.isEmpty() && label.stream().noneMatch(SchemaColumn::listed)) {
        return label;
      }
    }
    return draft.entity == null ? List.of() : draft.entity.label();
  }

  /** A time or a number of a column that a verb names: "opened" of one called year opened. */
  @Nullable SchemaColumn dated(String verb) {
    for (SchemaTable table : named()) {
      for (SchemaColumn column : table.columns()) {
        if ((column.nature() == Nature.TIME || column.measure())
            && column.words().stream().anyMatch(w -> sameRoot(verb, w))) {
          return column;
        }
      }
    }
    return null;
  }

  /** The time that a verb names, other than a given one. */
  @Nullable SchemaColumn dated(String verb, SchemaColumn other) {
    for (SchemaTable table : named()) {
      for (SchemaColumn column : table.columns()) {
        if (column != other
            && column.nature() == Nature.TIME
            && column.words().stream().anyMatch(w -> sameRoot(verb, w))) {
          return column;
        }
      }
    }
    return null;
  }

  /** The time that a verb names in a table beside those that the question names. */
  @Nullable SchemaColumn datedBeside(String verb) {
    for (SchemaTable table : near()) {
      for (SchemaColumn column : table.columns()) {
        if (column.nature() == Nature.TIME
            && column.words().stream().anyMatch(w -> sameRoot(verb, w))) {
          return column;
        }
      }
    }
    return null;
  }

  /** The only time of the entity's rows. */
  @Nullable SchemaColumn onlyTime() {
    if (draft.entity == null) {
      return null;
    }
    List<SchemaColumn> times =
        draft.entity.columns().stream().filter(c -> c.nature() == Nature.TIME).toList();
    return times.size() == 1 ? times.get(0) : null;
  }

  /** Whether a stem is that of a word, but for its last letter. */
  static boolean sameRoot(String word, String stem) {
    int common = 0;
    while (common < Math.min(word.length(), stem.length())
        && word.charAt(common) == stem.charAt(common)) {
      common++;
    }
    return common >= 3 && common >= stem.length() - 1 && word.length() - common <= 5;
  }

  /** What the rows of a table amount to: its only measure, else the one called so. */
  static @Nullable SchemaColumn amount(SchemaTable table) {
    List<SchemaColumn> measures =
        table.columns().stream()
            .filter(column -> column.measure() && !Progress.year(column))
            .toList();
    if (measures.size() == 1) {
      return measures.get(0);
    }
    List<SchemaColumn> amounts =
        measures.stream().filter(c -> c.has(NameClass.TOTAL) || c.has(NameClass.AMOUNT)).toList();
    return amounts.size() == 1 ? amounts.get(0) : null;
  }

  /** Whether a column holds what one has much or little of. */
  static boolean money(SchemaColumn column) {
    return column.has(NameClass.MONEY);
  }

  @Nullable SchemaColumn defaultMeasure() {
    SchemaTable table = draft.entity;
    if (table == null) {
      return null;
    }
    return amount(table);
  }

  /** The time by which rows are dated: of what is counted or shown, else of what it leads to. */
  @Nullable SchemaColumn timeColumn() {
    List<SchemaTable> tables = new ArrayList<>();
    draft.outputs.stream().filter(Expression::aggregate).forEach(e -> tables.add(e.table()));
    draft.order.stream()
        .map(Intent.Order::by)
        .filter(Expression::aggregate)
        .forEach(e -> tables.add(e.table()));
    tables.addAll(draft.mentioned);
    if (draft.entity != null) {
      tables.add(draft.entity);
    }
    chosen.values().stream().map(link -> link.target().table()).distinct().forEach(tables::add);
    for (SchemaTable table : List.copyOf(tables)) {
      table.joins().stream().filter(Join::toOne).forEach(join -> tables.add(join.to()));
    }
    for (SchemaTable table : tables) {
      List<SchemaColumn> times =
          table.columns().stream().filter(c -> c.nature() == Nature.TIME).toList();
      for (SchemaColumn time : times) {
        boolean own = table.words().stream().anyMatch(time.words()::contains);
        if (own) {
          return time;
        }
      }
      if (!times.isEmpty()) {
        return times.get(0);
      }
      for (SchemaColumn column : table.columns()) {
        if (column.has(NameClass.BIRTH) && table != draft.entity) {
          continue;
        }
        if (column.ends(NameClass.YEAR)) {
          return column;
        }
      }
    }
    return null;
  }

  /** The time by which rows of a table, or what they lead to, are dated. */
  static @Nullable SchemaColumn timeOf(SchemaTable table) {
    List<SchemaTable> tables = new ArrayList<>(List.of(table));
    table.joins().stream().filter(Join::toOne).map(Join::to).forEach(tables::add);
    for (SchemaTable each : tables) {
      for (SchemaColumn column : each.columns()) {
        if (column.nature() == Nature.TIME || column.is(NameClass.YEAR)) {
          return column;
        }
      }
    }
    return null;
  }

  /** What rows of the entity, or those that lead to it, earn: their only amount of money. */
  @Nullable SchemaColumn earned() {
    if (draft.entity == null) {
      return null;
    }
    for (int hops = 0; hops <= 3; hops++) {
      int most = hops;
      List<SchemaColumn> amounts =
          near().stream()
              .filter(table -> dated(table) && leads(table, draft.entity, most))
              .map(Guesses::amount)
              .filter(column -> column != null && money(column))
              .distinct()
              .toList();
      if (!amounts.isEmpty()) {
        return amounts.size() == 1 ? amounts.get(0) : null;
      }
    }
    return null;
  }

  private static boolean dated(SchemaTable table) {
    return table.columns().stream().anyMatch(column -> column.nature() == Nature.TIME);
  }

  private static boolean leads(SchemaTable from, SchemaTable to, int hops) {
    return JoinTree.cheapest(Set.of(from), to)
        .filter(path -> path.size() <= hops && path.stream().allMatch(Join::toOne))
        .isPresent();
  }

  static List<SchemaColumn> keysOf(SchemaTable table) {
    List<SchemaColumn> label = table.label();
    return label.isEmpty() ? table.key() : label;
  }

  boolean toMany(SchemaTable table) {
    return draft.entity != null && toMany(draft.entity, table);
  }

  boolean toMany(SchemaTable from, SchemaTable table) {
    return table != from
        && JoinTree.cheapest(Set.of(from), table)
            .map(path -> path.stream().anyMatch(join -> !join.toOne()))
            .orElse(false);
  }
}
