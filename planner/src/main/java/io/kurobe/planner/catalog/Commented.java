package io.kurobe.planner.catalog;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.planner.catalog.Comments.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source's metadata with what people say of it in the place of what the source says. */
final class Commented {
  private Commented() {}

  static CatalogMetadata of(String source, CatalogMetadata metadata, Map<Subject, String> said) {
    boolean any = said.keySet().stream().anyMatch(each -> each.table().source().equals(source));
    return any
        ? new CatalogMetadata(
            metadata.schemas().stream().map(schema -> schema(source, schema, said)).toList())
        : metadata;
  }

  private static SchemaMetadata schema(
      String source, SchemaMetadata schema, Map<Subject, String> said) {
    return new SchemaMetadata(
        schema.name(),
        schema.tables().stream()
            .map(table -> table(new TableName(source, schema.name(), table.name()), table, said))
            .toList());
  }

  private static TableMetadata table(
      TableName name, TableMetadata table, Map<Subject, String> said) {
    if (said.keySet().stream().noneMatch(each -> each.table().equals(name))) {
      return table;
    }
    List<Column> columns =
        table.columns().stream()
            .map(
                column ->
                    Optional.ofNullable(said.get(new Subject(name, Optional.of(column.name()))))
                        .map(text -> column(column, text))
                        .orElse(column))
            .toList();
    return new TableMetadata(
        table.name(),
        table.kind(),
        Optional.ofNullable(said.get(new Subject(name, Optional.empty()))).or(table::comment),
        columns,
        table.primaryKey(),
        table.uniqueKeys(),
        table.foreignKeys(),
        table.rowCount(),
        table.primaryKeyName(),
        table.indexes());
  }

  private static Column column(Column column, String comment) {
    return new Column(
        column.name(),
        column.type(),
        column.nullable(),
        column.nativeType(),
        Optional.of(comment),
        column.defaultValue(),
        column.generation());
  }
}
