package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.SecurityStatement.Scope;

/**
 * What a right is on: a source, a schema or a table.
 *
 * @param schema empty for a whole source
 * @param table empty for a whole source or schema
 */
record Place(String source, String schema, String table) {
  Place {
    requireNonNull(source, "source is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
    if (source.isEmpty() || (schema.isEmpty() && !table.isEmpty())) {
      throw new IllegalArgumentException("no place");
    }
  }

  static Place of(TableName table) {
    return new Place(table.source(), table.schema(), table.table());
  }

  Scope scope() {
    return schema.isEmpty() ? Scope.SOURCE : table.isEmpty() ? Scope.SCHEMA : Scope.TABLE;
  }

  /** Whether a table is in it, or is it; names must be of the same case. */
  boolean covers(TableName name) {
    return source.equals(name.source())
        && (schema.isEmpty() || schema.equals(name.schema()))
        && (table.isEmpty() || table.equals(name.table()));
  }

  /** As a statement names it, without the word for its kind. */
  String name() {
    return source + (schema.isEmpty() ? "" : "." + schema) + (table.isEmpty() ? "" : "." + table);
  }

  @Override
  public String toString() {
    return scope().name().toLowerCase(java.util.Locale.ROOT) + " " + name();
  }
}
