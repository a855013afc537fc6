package io.kurobe.nl2sql.retrieve;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.retrieve.Ranking.Ranked;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses tables and columns from what was ranked: the first ones, what joins them, and in each
 * table what is named, with the keys by which it is joined.
 */
final class Choosing {
  private final CatalogView view;
  private final List<Ranked> ranked;
  private final Map<TableName, TableEvidence> evidence = new HashMap<>();

  Choosing(CatalogView view, List<Ranked> ranked) {
    this.view = view;
    this.ranked = ranked;
    ranked.forEach(each -> evidence.put(each.evidence().name(), each.evidence()));
  }

  /**
   * The likeliest tables and what joins them, the likeliest first.
   *
   * @param most of them
   * @param share of the best one's score that the others have at least
   */
  Set<TableName> tables(int most, double share) {
    Set<TableName> chosen = new LinkedHashSet<>();
    double least = ranked.isEmpty() ? 0 : ranked.get(0).score() * share;
    for (Ranked each : ranked) {
      if (chosen.size() == most || each.score() < least) {
        break;
      }
      chosen.add(each.evidence().name());
    }
    return connected(chosen, most);
  }

  /** With the tables between two that are chosen, the last that were chosen giving way. */
  private Set<TableName> connected(Set<TableName> chosen, int most) {
    Set<TableName> between = new LinkedHashSet<>();
    List<TableName> order = List.copyOf(chosen);
    for (int i = 0; i < order.size(); i++) {
      Set<TableName> joined = view.joined(order.get(i));
      for (int j = 0; j < i; j++) {
        TableName other = order.get(j);
        if (!joined.contains(other)) {
          for (TableName middle : joined) {
            boolean links = !chosen.contains(middle) && view.joined(middle).contains(other);
            if (links && between.size() < most / 3) {
              between.add(middle);
            }
          }
        }
      }
    }
    Set<TableName> all =
        new LinkedHashSet<>(
            order.subList(0, Math.min(order.size(), most - Math.min(between.size(), most / 3))));
    all.addAll(between);
    for (TableName table : order) {
      if (all.size() == most) {
        break;
      }
      all.add(table);
    }
    return all;
  }

  /**
   * The columns of chosen tables: the best named ones, and keys.
   *
   * @param most of each table, keys beside
   * @param least how well a column is named at least, in a table that has more than a few
   */
  Map<TableName, Set<String>> columns(Set<TableName> tables, int most, int few, double least) {
    Map<TableName, Set<String>> chosen = new LinkedHashMap<>();
    for (TableName name : tables) {
      TableMetadata table = view.tables().get(name);
      Set<String> columns = new LinkedHashSet<>(keys(name, table, tables));
      List<TableMetadata.Column> best = new ArrayList<>(table.columns());
      TableEvidence of = evidence.get(name);
      if (of != null) {
        best.sort(
            Comparator.comparingDouble((TableMetadata.Column c) -> of.column(c.name())).reversed());
      }
      int count = 0;
      for (TableMetadata.Column column : best) {
        double named = of == null ? 0 : of.column(column.name());
        if (count < most && (count < few || named >= least)) {
          columns.add(column.name());
          count++;
        }
      }
      chosen.put(name, columns);
    }
    return chosen;
  }

  private Set<String> keys(TableName name, TableMetadata table, Set<TableName> tables) {
    Set<String> keys = new LinkedHashSet<>(table.primaryKey());
    for (Relation relation : view.relations(name)) {
      if (tables.contains(relation.from()) && tables.contains(relation.to())) {
        if (relation.from().equals(name)) {
          keys.addAll(relation.fromColumns());
        }
        if (relation.to().equals(name)) {
          keys.addAll(relation.toColumns());
        }
      }
    }
    return keys;
  }
}
