package io.kurobe.server.security.grant;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tables of the catalog and the views, put together anew when they have changed. */
final class CatalogTables implements KnownTables {
  private static final String VIEWS = "views";
  private static final String VIEW_SCHEMA = "main";

  private final Catalog catalog;
  private final Views views;
  private final PolicyCheck policies;
  private final Map<String, Read> sources = new ConcurrentHashMap<>();
  private volatile @Nullable ReadViews readViews;

  private record Read(CatalogMetadata from, Map<TableName, Known> tables) {}

  private record ReadViews(List<ViewDefinition> from, Map<TableName, Known> tables) {}

  CatalogTables(Catalog catalog, Views views, PolicyCheck policies) {
    this.catalog = catalog;
    this.views = views;
    this.policies = policies;
  }

  @Override
  public List<KnownSource> sources() {
    // Those that are read for the first time are waited for, for a moment.
    catalog.snapshot();
    List<KnownSource> known = new ArrayList<>();
    for (Source source : catalog.sources()) {
      known.add(
          new KnownSource(
              source.name(),
              source.defaultSchema(),
              catalog.known(source.name()).schemas().stream().map(SchemaMetadata::name).toList()));
    }
    known.add(new KnownSource(VIEWS, VIEW_SCHEMA, List.of(VIEW_SCHEMA)));
    return known;
  }

  @Override
  public List<Known> tables(String source, String schema) {
    return all(source).values().stream()
        .filter(table -> table.name().schema().equals(schema))
        .toList();
  }

  @Override
  public Optional<Known> find(TableName name) {
    return Optional.ofNullable(all(name.source()).get(name));
  }

  private Map<TableName, Known> all(String source) {
    if (source.equals(VIEWS)) {
      return views();
    }
    CatalogMetadata now = catalog.known(source);
    Read read = sources.get(source);
    if (read == null || read.from() != now) {
      read = new Read(now, read(source, now));
      if (!now.schemas().isEmpty()) {
        sources.put(source, read);
      }
    }
    return read.tables();
  }

  private static Map<TableName, Known> read(String source, CatalogMetadata metadata) {
    Map<TableName, Known> tables = new HashMap<>();
    for (SchemaMetadata schema : metadata.schemas()) {
      for (TableMetadata table : schema.tables()) {
        var name = new TableName(source, schema.name(), table.name());
        tables.put(
            name,
            new Known(
                name,
                table.columns().stream().map(TableMetadata.Column::name).toList(),
                table.columns().stream().map(TableMetadata.Column::type).toList()));
      }
    }
    return tables;
  }

  private Map<TableName, Known> views() {
    List<ViewDefinition> now = views.list();
    ReadViews read = readViews;
    if (read == null || read.from() != now) {
      Map<TableName, Known> tables = new HashMap<>();
      for (ViewDefinition view : now) {
        var name = new TableName(VIEWS, VIEW_SCHEMA, view.name());
        tables.put(name, new Known(name, view.columns(), List.of()));
      }
      read = new ReadViews(now, tables);
      readViews = read;
    }
    return read.tables();
  }

  @Override
  public void check(Session session, TableName table, Optional<String> column, String expression) {
    policies.check(session, table, column, expression);
  }
}
