package io.kurobe.planner.authorize;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.Visibility;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes out of a catalog what {@link AccessControl} hides, keys through it included. */
public record VisibleCatalog(AccessControl accessControl) implements Visibility {

  @Override
  public CatalogSnapshot of(CatalogSnapshot whole, Session session) {
    return accessControl == AccessControl.OPEN
        ? whole
        : new Filtering(accessControl, session).of(whole);
  }

  private record Filtering(AccessControl accessControl, Session session) {
    CatalogSnapshot of(CatalogSnapshot whole) {
      List<SourceCatalog> sources =
          whole.sources().stream()
              .map(
                  source ->
                      new SourceCatalog(source.config(), source.defaultSchema(), visible(source)))
              .toList();
      List<Relation> relations =
          whole.relations().stream()
              .filter(
                  relation ->
                      seen(relation.from(), relation.fromColumns())
                          && seen(relation.to(), relation.toColumns()))
              .toList();
      return new CatalogSnapshot(whole.version(), sources, relations);
    }

    private boolean seen(TableName table, List<String> columns) {
      TableAccess access = accessControl.access(session, table);
      return access.visible() && columns.stream().noneMatch(access.hiddenColumns()::contains);
    }

    private CatalogMetadata visible(SourceCatalog source) {
      return new CatalogMetadata(
          source.metadata().schemas().stream()
              .map(schema -> new SchemaMetadata(schema.name(), visible(source, schema)))
              .toList());
    }

    private List<TableMetadata> visible(SourceCatalog source, SchemaMetadata schema) {
      return schema.tables().stream()
          .flatMap(
              table ->
                  visible(new TableName(source.name(), schema.name(), table.name()), table)
                      .stream())
          .toList();
    }

    private Optional<TableMetadata> visible(TableName name, TableMetadata table) {
      TableAccess access = accessControl.access(session, name);
      if (!access.visible()) {
        return Optional.empty();
      }
      Set<String> hidden = access.hiddenColumns();
      if (hidden.isEmpty()) {
        return Optional.of(table);
      }
      return Optional.of(
          new TableMetadata(
              table.name(),
              table.kind(),
              table.comment(),
              table.columns().stream().filter(column -> !hidden.contains(column.name())).toList(),
              table.primaryKey().stream().anyMatch(hidden::contains)
                  ? List.of()
                  : table.primaryKey(),
              table.uniqueKeys().stream()
                  .filter(key -> key.stream().noneMatch(hidden::contains))
                  .toList(),
              table.foreignKeys().stream()
                  .filter(key -> key.columns().stream().noneMatch(hidden::contains))
                  .toList(),
              table.rowCount(),
              table.primaryKeyName(),
              table.indexes().stream().filter(index -> isSeen(index, hidden)).toList()));
    }

    /** What an expression or a condition reads is not known, so that such an index is left out. */
    private static boolean isSeen(TableIndex index, Set<String> hidden) {
      return index.condition().isEmpty()
          && index.parts().stream()
              .allMatch(part -> part.column() && !hidden.contains(part.text()));
    }
  }
}
