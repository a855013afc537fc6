package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;
import java.util.Set;

/**
 * What holds of each row that whoever has one of the roles sees of a table.
 *
 * @param condition in SQL, over the table's columns
 */
record RowFilter(
    TableName table,
    String name,
    Set<String> roles,
    String condition,
    String author,
    Origin origin) {
  RowFilter {
    requireNonNull(table, "table is null");
    requireNonNull(name, "name is null");
    roles = Set.copyOf(roles);
    requireNonNull(condition, "condition is null");
    requireNonNull(author, "author is null");
    requireNonNull(origin, "origin is null");
  }
}
