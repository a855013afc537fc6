package io.kurobe.nl2sql.mschema;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A database as a model is told of it, before it is written in one of the {@linkplain MSchemaForm
 * forms} of M-Schema (Liu et al., "XiYan-SQL", arXiv 2411.08599). Immutable.
 *
 * @param database what it is called
 * @param tables in the catalog's order
 * @param keys pairs of columns by which tables are joined
 */
public record MSchema(String database, List<Table> tables, List<Key> keys) {
  public MSchema {
    requireNonNull(database, "database is null");
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
  }

  /** A table's place: source, schema and name. */
  public record Place(String source, String schema, String table) {
    public Place {
      requireNonNull(source, "source is null");
      requireNonNull(schema, "schema is null");
      requireNonNull(table, "table is null");
    }
  }

  /**
   * A table.
   *
   * @param comment what is said of it
   */
  public record Table(Place place, Optional<String> comment, List<Field> fields) {
    public Table {
      requireNonNull(place, "place is null");
      requireNonNull(comment, "comment is null");
      fields = List.copyOf(fields);
    }
  }

  /**
   * A column.
   *
   * @param type as the source names it
   * @param temporal whether its values are dates or times, of which one is example enough
   * @param primaryKey whether it is a member of the primary key
   * @param values some of its values as text, the most telling first
   */
  public record Field(
      String name,
      String type,
      boolean temporal,
      Optional<String> comment,
      boolean primaryKey,
      List<String> values) {
    public Field {
      requireNonNull(name, "name is null");
      requireNonNull(type, "type is null");
      requireNonNull(comment, "comment is null");
      values = List.copyOf(values);
    }
  }

  /** A column that equals another of the rows it belongs to. */
  public record Key(Place from, String column, Place to, String target) {
    public Key {
      requireNonNull(from, "from is null");
      requireNonNull(column, "column is null");
      requireNonNull(to, "to is null");
      requireNonNull(target, "target is null");
    }
  }
}
