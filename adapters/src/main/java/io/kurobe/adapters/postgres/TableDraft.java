package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.source.TableMetadata.ForeignKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A table while its catalog is read: columns by number, types by oid, targets by oid. */
final class TableDraft {
  private final String schema;
  private final String name;
  private final TableMetadata.Kind kind;
  private final Optional<String> comment;
  private final OptionalLong rowCount;
  private final List<ColumnDraft> columns = new ArrayList<>();
  private final Map<Integer, String> columnNames = new HashMap<>();
  private final List<IndexDraft> indexes = new ArrayList<>();
  private final List<KeyDraft> foreignKeys = new ArrayList<>();

  record ColumnDraft(
      int number,
      String name,
      long type,
      int modifier,
      boolean nullable,
      String nativeType,
      Optional<String> comment,
      Optional<String> defaultValue,
      TableMetadata.Generation generation) {}

  record KeyDraft(
      String name,
      long target,
      List<Integer> columns,
      List<Integer> targetColumns,
      Optional<String> targetKey,
      TableMetadata.KeyRule onUpdate,
      TableMetadata.KeyRule onDelete,
      TableMetadata.Deferral deferral) {}

  TableDraft(
      String schema,
      String name,
      TableMetadata.Kind kind,
      Optional<String> comment,
      OptionalLong rowCount) {
    this.schema = schema;
    this.name = name;
    this.kind = kind;
    this.comment = comment;
    this.rowCount = rowCount;
  }

  String schema() {
    return schema;
  }

  void column(ColumnDraft column) {
    columns.add(column);
    columnNames.put(column.number(), column.name());
  }

  void index(IndexDraft index) {
    indexes.add(index);
  }

  void foreignKey(KeyDraft key) {
    foreignKeys.add(key);
  }

  TableMetadata finish(ServerTypes types, Map<Long, TableDraft> tables) {
    Optional<IndexDraft> primary = indexes.stream().filter(IndexDraft::primary).findFirst();
    return new TableMetadata(
        name,
        kind,
        comment,
        columns.stream()
            .map(
                c ->
                    new Column(
                        c.name(),
                        types.sqlType(c.type(), c.modifier()),
                        c.nullable(),
                        c.nativeType(),
                        c.comment(),
                        c.defaultValue(),
                        c.generation()))
            .toList(),
        primary.map(index -> names(index.attributes())).orElseGet(List::of),
        indexes.stream()
            .filter(index -> index.isKey() && !index.primary())
            .map(index -> names(index.attributes()))
            .toList(),
        foreignKeys.stream()
            .map(
                key -> {
                  TableDraft target = tables.get(key.target());
                  return new ForeignKey(
                      key.name(),
                      names(key.columns()),
                      target.schema,
                      target.name,
                      target.names(key.targetColumns()),
                      key.targetKey(),
                      key.onUpdate(),
                      key.onDelete(),
                      key.deferral());
                })
            .toList(),
        rowCount,
        primary.map(IndexDraft::name),
        indexes.stream().map(index -> index.finish(columnNames)).toList());
  }

  private List<String> names(List<Integer> numbers) {
    return numbers.stream().map(columnNames::get).toList();
  }
}
