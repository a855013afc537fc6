package io.kurobe.nl2sql.conversation;

import static io.kurobe.nl2sql.conversation.Clause.isCue;

import io.kurobe.nl2sql.conversation.Clause.ColumnName;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a question shows, taken apart: the columns, and the rows that they are of.
 *
 * @param columns in order; empty where rows are shown by what they are called
 * @param rows in words: "the oldest patient"
 * @param aggregated whether something is computed of the rows
 */
record Projection(List<Item> columns, String rows, boolean aggregated) {
  private static final Cue[] COMPUTED = {
    Cue.COUNT, Cue.HOWMUCH, Cue.SUM, Cue.AVG, Cue.MAX, Cue.MIN
  };

  Projection {
    columns = List.copyOf(columns);
  }

  /** Takes a head apart; empty if it names nothing. */
  static Optional<Projection> of(Clause head) {
    List<Item> items = head.items();
    int table = -1;
    List<Item> columns = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.Named named) {
        if (named.target() instanceof Target.OfTable) {
          table = i;
          break;
        }
        if (named.target() instanceof Target.OfColumn) {
          columns.add(named);
        }
      }
    }
    boolean aggregated = head.has(COMPUTED);
    if (table >= 0) {
      int end = further(items, table + 1, columns);
      return Optional.of(new Projection(columns, rows(items.subList(0, end), table), aggregated));
    }
    return columns.stream()
        .findFirst()
        .map(
            column ->
                new Projection(
                    columns,
                    ((Item.Named) column).target().table().name().table().replace('_', ' '),
                    aggregated));
  }

  /** Columns behind the table: "workers and their wage"; gives where what else is said ends. */
  private static int further(List<Item> items, int from, List<Item> columns) {
    if (from >= items.size() || !isCue(items.get(from), Cue.AND, Cue.COMMA, Cue.ALSO)) {
      return items.size();
    }
    List<Item> found = new ArrayList<>();
    for (Item item : items.subList(from, items.size())) {
      if (item instanceof Item.Named named && named.target() instanceof Target.OfColumn) {
        found.add(item);
      } else if (!isCue(item, Cue.AND, Cue.COMMA, Cue.ALSO, Cue.PRONOUN, Cue.FILLER)) {
        return items.size();
      }
    }
    columns.addAll(found);
    return found.isEmpty() ? items.size() : from;
  }

  /** A table with what ranks its rows right before it, and with whatever comes behind it. */
  private static String rows(List<Item> items, int table) {
    int from = table;
    while (from > 0
        && (isCue(items.get(from - 1), Cue.EXTREME, Cue.COMMON, Cue.TOP, Cue.MOST, Cue.LEAST)
            || items.get(from - 1) instanceof Item.Number)) {
      from--;
    }
    List<Item> rows = new ArrayList<>(items.subList(from, items.size()));
    while (rows.size() > 1
        && isCue(rows.get(rows.size() - 1), Cue.FILLER, Cue.BE, Cue.REL, Cue.PREP, Cue.HAVE)) {
      rows.remove(rows.size() - 1);
    }
    boolean ranked = from < table;
    return (ranked ? "the " : "") + rows.stream().map(Item::text).collect(Collectors.joining(" "));
  }

  /** What one of the rows is called. */
  String one() {
    String last = rows.substring(rows.lastIndexOf(' ') + 1);
    return ColumnName.one(last);
  }

  /** The columns in words. */
  String columnNames() {
    return columns.stream().map(Item::text).collect(Collectors.joining(" and "));
  }

  /** The same without the columns of some names. */
  Projection without(Clause names) {
    List<ColumnName> unwanted = names.nameColumns();
    return new Projection(
        columns.stream()
            .filter(item -> !(item instanceof Item.Named named && isOf(named, unwanted)))
            .toList(),
        rows,
        aggregated);
  }

  private static boolean isOf(Item.Named named, List<ColumnName> columns) {
    return named.target() instanceof Target.OfColumn of
        && columns.contains(new ColumnName(of.column()));
  }
}
