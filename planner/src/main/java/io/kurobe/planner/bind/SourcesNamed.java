package io.kurobe.planner.bind;

import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * Which sources the tables of a query can belong to, told by their names alone, so that the query
 * waits for no other.
 */
record SourcesNamed(Catalog catalog, Views views, Session session, String system) {
  /** The sources by their own names; empty if a name leaves it open, or means a view. */
  Optional<Set<String>> of(SqlNode query) {
    Set<String> named = new HashSet<>();
    for (SqlIdentifier table : TableReferences.of(query)) {
      List<String> names = table.names;
      if (names.size() == 3 && names.get(0).equalsIgnoreCase(system)) {
        continue;
      }
      if (names.size() == 1) {
        if (session.searchPath().isEmpty() || views.find(names.get(0)).isPresent()) {
          return Optional.empty();
        }
      } else if (!add(names.get(0), named)) {
        return Optional.empty();
      }
      // The search path is looked along first, for a.b too.
      if (names.size() < 3) {
        for (SearchPathEntry entry : session.searchPath()) {
          if (!add(entry.source(), named)) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(named);
  }

  private boolean add(String name, Set<String> named) {
    boolean found = false;
    for (var source : catalog.sources()) {
      if (source.name().equalsIgnoreCase(name)) {
        named.add(source.name());
        found = true;
      }
    }
    return found;
  }
}
