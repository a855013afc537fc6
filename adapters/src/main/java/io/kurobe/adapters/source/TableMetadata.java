package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table or view of a source.
 *
 * @param name its name, in the source's case
 * @param kind what it is
 * @param comment what the source says of it
 * @param columns in order
 * @param primaryKey names of the key's columns, in key order; empty without a key
 * @param uniqueKeys the other unique keys
 * @param foreignKeys keys into tables of the same source
 * @param rowCount the source's estimate; empty where it has none
 */
public record TableMetadata(
    String name,
    Kind kind,
    Optional<String> comment,
    List<Column> columns,
    List<String> primaryKey,
    List<List<String>> uniqueKeys,
    List<ForeignKey> foreignKeys,
    OptionalLong rowCount) {

  /** What a relation is, as {@code DatabaseMetaData.getTables} names it. */
  public enum Kind {
    TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE
  }

  /**
   * A column.
   *
   * @param nativeType the source's own name of the type, such as {@code jsonb}
   * @param defaultValue the source's text of the default
   */
  public record Column(
      String name,
      SqlType type,
      boolean nullable,
      String nativeType,
      Optional<String> comment,
      Optional<String> defaultValue) {
    public Column {
      requireNonNull(name, "name is null");
      requireNonNull(type, "type is null");
      requireNonNull(nativeType, "nativeType is null");
    }
  }

  /** A foreign key; the column lists pair up. */
  public record ForeignKey(
      String name,
      List<String> columns,
      String targetSchema,
      String targetTable,
      List<String> targetColumns) {
    public ForeignKey {
      columns = List.copyOf(columns);
      targetColumns = List.copyOf(targetColumns);
      if (columns.size() != targetColumns.size()) {
        throw new IllegalArgumentException("foreign key " + name + " pairs unequal lists");
      }
    }
  }

  public TableMetadata {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
  }
}
