package io.kurobe.planner.authorize;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.Visibility;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes out of a catalog what {@link AccessControl} hides, keys through it included: what is masked
 * may be NULL and tells no rows apart, and how many rows there are is not told where some are
 * hidden. What a principal sees is kept for as long as catalog and rights are the same. Threads
 * share it.
 */
public final class VisibleCatalog implements Visibility {
  private static final int MOST_PRINCIPALS = 64;

  private final AccessControl accessControl;
  private final Cache<Key, CatalogSnapshot> seen =
      Caffeine.newBuilder()
          .maximumSize(MOST_PRINCIPALS)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  private record Key(long catalogVersion, long accessVersion, Principal principal) {}

  /** Makes it. */
  public VisibleCatalog(AccessControl accessControl) {
    this.accessControl = accessControl;
  }

  @Override
  public CatalogSnapshot of(CatalogSnapshot whole, Session session) {
    if (accessControl == AccessControl.OPEN) {
      return whole;
    }
    var key = new Key(whole.version(), accessControl.version(), session.principal());
    return seen.get(key, absent -> new Filtering(accessControl, session).of(whole));
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
      return access.visible()
          && columns.stream()
              .noneMatch(
                  column ->
                      access.hiddenColumns().contains(column)
                          || access.masks().containsKey(column));
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
      Set<String> masked = access.masks().keySet();
      if (hidden.isEmpty() && masked.isEmpty() && access.rowFilter().isEmpty()) {
        return Optional.of(table);
      }
      Predicate<String> plain = column -> !hidden.contains(column) && !masked.contains(column);
      return Optional.of(
          new TableMetadata(
              table.name(),
              table.kind(),
              table.comment(),
              table.columns().stream()
                  .filter(column -> !hidden.contains(column.name()))
                  .map(column -> masked.contains(column.name()) ? masked(column) : column)
                  .toList(),
              table.primaryKey().stream().allMatch(plain) ? table.primaryKey() : List.of(),
              table.uniqueKeys().stream().filter(key -> key.stream().allMatch(plain)).toList(),
              table.foreignKeys().stream()
                  .filter(key -> key.columns().stream().allMatch(plain))
                  .toList(),
              access.rowFilter().isEmpty() ? table.rowCount() : OptionalLong.empty(),
              table.primaryKeyName(),
              table.indexes().stream()
                  .filter(index -> isSeen(index, hidden))
                  .map(index -> access.rowFilter().isEmpty() ? index : withoutSizes(index))
                  .toList()));
    }

    /** A mask may be NULL, and a default is a value. */
    private static TableMetadata.Column masked(TableMetadata.Column column) {
      return new TableMetadata.Column(
          column.name(),
          column.type(),
          true,
          column.nativeType(),
          column.comment(),
          Optional.empty(),
          column.generation());
    }

    /** How large an index is tells how many rows are hidden. */
    private static TableIndex withoutSizes(TableIndex index) {
      return new TableIndex(
          index.name(),
          index.unique(),
          index.kind(),
          index.parts(),
          index.condition(),
          OptionalLong.empty(),
          OptionalLong.empty());
    }

    /** What an expression or a condition reads is not known, so that such an index is left out. */
    private static boolean isSeen(TableIndex index, Set<String> hidden) {
      return index.condition().isEmpty()
          && index.parts().stream()
              .allMatch(part -> part.column() && !hidden.contains(part.text()));
    }
  }
}
