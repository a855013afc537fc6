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
 * @param primaryKeyName the source's name of the primary key
 * @param indexes by name, those behind keys included
 */
public record TableMetadata(
    String name,
    Kind kind,
    Optional<String> comment,
    List<Column> columns,
    List<String> primaryKey,
    List<List<String>> uniqueKeys,
    List<ForeignKey> foreignKeys,
    OptionalLong rowCount,
    Optional<String> primaryKeyName,
    List<TableIndex> indexes) {

  /** What a relation is, as {@code DatabaseMetaData.getTables} names it. */
  public enum Kind {
    TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE
  }

  /** Where a column's values come from if nobody gives them. */
  public enum Generation {
    /** From nowhere, or from the default. */
    NONE,
    /** A number of a sequence. */
    SEQUENCE,
    /** Computed from other columns. */
    COMPUTED,
    /** The source does not tell a default from what is computed. */
    UNKNOWN
  }

  /**
   * A column.
   *
   * @param nativeType the source's own name of the type, such as {@code jsonb}
   * @param defaultValue the source's text of the default
   * @param generation where its values come from
   */
  public record Column(
      String name,
      SqlType type,
      boolean nullable,
      String nativeType,
      Optional<String> comment,
      Optional<String> defaultValue,
      Generation generation) {
    public Column {
      requireNonNull(name, "name is null");
      requireNonNull(type, "type is null");
      requireNonNull(nativeType, "nativeType is null");
      requireNonNull(generation, "generation is null");
    }

    /** A column whose values are given or its default. */
    public Column(
        String name,
        SqlType type,
        boolean nullable,
        String nativeType,
        Optional<String> comment,
        Optional<String> defaultValue) {
      this(name, type, nullable, nativeType, comment, defaultValue, Generation.NONE);
    }
  }

  /** What happens to rows whose target is changed or goes. */
  public enum KeyRule {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  /** When a foreign key is checked. */
  public enum Deferral {
    NOT_DEFERRABLE,
    INITIALLY_IMMEDIATE,
    INITIALLY_DEFERRED
  }

  /**
   * A foreign key; the column lists pair up.
   *
   * @param targetKey the name of the key that it refers to
   */
  public record ForeignKey(
      String name,
      List<String> columns,
      String targetSchema,
      String targetTable,
      List<String> targetColumns,
      Optional<String> targetKey,
      KeyRule onUpdate,
      KeyRule onDelete,
      Deferral deferral) {

    /** A foreign key that is checked at once and changes nothing. */
    public ForeignKey(
        String name,
        List<String> columns,
        String targetSchema,
        String targetTable,
        List<String> targetColumns) {
      this(
          name,
          columns,
          targetSchema,
          targetTable,
          targetColumns,
          Optional.empty(),
          KeyRule.NO_ACTION,
          KeyRule.NO_ACTION,
          Deferral.NOT_DEFERRABLE);
    }

    public ForeignKey {
      requireNonNull(targetKey, "targetKey is null");
      requireNonNull(onUpdate, "onUpdate is null");
      requireNonNull(onDelete, "onDelete is null");
      requireNonNull(deferral, "deferral is null");
      columns = List.copyOf(columns);
      targetColumns = List.copyOf(targetColumns);
      if (columns.size() != targetColumns.size()) {
        throw new IllegalArgumentException("foreign key " + name + " pairs unequal lists");
      }
    }
  }

  /** A table whose key has no name, and of whose indexes nothing is known. */
  public TableMetadata(
      String name,
      Kind kind,
      Optional<String> comment,
      List<Column> columns,
      List<String> primaryKey,
      List<List<String>> uniqueKeys,
      List<ForeignKey> foreignKeys,
      OptionalLong rowCount) {
    this(
        name,
        kind,
        comment,
        columns,
        primaryKey,
        uniqueKeys,
        foreignKeys,
        rowCount,
        Optional.empty(),
        List.of());
  }

  public TableMetadata {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    requireNonNull(primaryKeyName, "primaryKeyName is null");
    indexes = List.copyOf(indexes);
  }
}
