package io.kurobe.nl2sql.conversation;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.planner.catalog.TableName;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part of a question that can be put in the place of another of its kind.
 *
 * @param items in order, with the text of each as written
 */
record Clause(Kind kind, List<Item> items) {
  /** What a part of a question does. */
  enum Kind {
    /** What is shown, of what. */
    HEAD,
    /** What it is ranked by: "by total spend" of a top five. */
    RANK,
    /** A stored value that rows have. */
    FILTER,
    /** A stored value that rows do not have. */
    EXCLUSION,
    /** A number that something is compared with. */
    NUMBER,
    TIME,
    GROUP,
    ORDER,
    /** What is left, such as verbs. */
    REST
  }

  /** A column by its name, as schemas are made anew. */
  record ColumnName(TableName table, String column, boolean isLabel) {
    ColumnName(SchemaColumn column) {
      this(
          column.table().name(),
          column.name(),
          column.table().label().equals(List.of(column)) && column.words().contains("name"));
    }

    /** What its values are, in words. */
    String noun() {
      return isLabel ? one(table.table()) : column.replace('_', ' ');
    }

    /** A row of a table, in words. */
    static String one(String table) {
      String name = table.replace('_', ' ');
      if (name.endsWith("ies")) {
        return name.substring(0, name.length() - 3) + "y";
      }
      boolean many = name.endsWith("s") && !name.endsWith("ss");
      return many ? name.substring(0, name.length() - 1) : name;
    }
  }

  Clause {
    items = List.copyOf(items);
  }

  String text() {
    return items.stream().map(Item::text).collect(Collectors.joining(" "));
  }

  static boolean isCue(Item item, Cue... cues) {
    return item instanceof Item.Phrase phrase && Arrays.asList(cues).contains(phrase.cue());
  }

  static boolean isValue(Item item) {
    return item instanceof Item.Quoted
        || item instanceof Item.Named named && named.target() instanceof Target.OfValue;
  }

  /** A table or a column. */
  static boolean isName(Item item) {
    return item instanceof Item.Named && !isValue(item);
  }

  /** A year that is written as a number. */
  static boolean isYear(Item item) {
    return item instanceof Item.Number number && number.text().matches("(19|20)\\d\\d");
  }

  boolean has(Cue... cues) {
    return items.stream().anyMatch(item -> isCue(item, cues));
  }

  boolean hasName() {
    return items.stream().anyMatch(Clause::isName);
  }

  /** The columns that its values may be of, by their names. */
  Set<ColumnName> valueColumns() {
    Set<ColumnName> columns = new LinkedHashSet<>();
    for (Item item : items) {
      if (item instanceof Item.Named named && isValue(item)) {
        for (Link link : named.links()) {
          if (link.target() instanceof Target.OfValue value) {
            columns.add(new ColumnName(value.column()));
          }
        }
      }
    }
    return columns;
  }

  /** The values as they are written. */
  List<Item> values() {
    return items.stream().filter(Clause::isValue).toList();
  }

  /** The tables that its names may be of. */
  Set<TableName> tables() {
    Set<TableName> tables = new LinkedHashSet<>();
    for (Item item : items) {
      if (item instanceof Item.Named named && isName(item)) {
        named.links().stream().limit(3).forEach(link -> tables.add(link.target().table().name()));
      }
    }
    return tables;
  }

  /** Its names of tables. */
  List<Item> tableNames() {
    return items.stream()
        .filter(
            item -> item instanceof Item.Named named && named.target() instanceof Target.OfTable)
        .toList();
  }

  /** The table of its first name. */
  Set<TableName> firstTable() {
    return items.stream()
        .filter(Clause::isName)
        .limit(1)
        .map(item -> ((Item.Named) item).target().table().name())
        .collect(Collectors.toSet());
  }

  /** The columns of its names, by the likeliest reading. */
  List<ColumnName> nameColumns() {
    return items.stream()
        .filter(Clause::isName)
        .map(item -> ((Item.Named) item).target())
        .filter(Target.OfColumn.class::isInstance)
        .map(target -> new ColumnName(((Target.OfColumn) target).column()))
        .toList();
  }

  /** Whether both are about one column. */
  boolean isOnSameColumn(Clause other) {
    Set<ColumnName> shared = new LinkedHashSet<>(valueColumns());
    shared.retainAll(other.valueColumns());
    return !shared.isEmpty();
  }
}
