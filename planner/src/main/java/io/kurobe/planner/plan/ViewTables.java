package io.kurobe.planner.plan;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.bind.Binder;
import io.kurobe.planner.bind.ViewRights;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The views as tables of a catalog, for those who describe it. What a view's columns are is known
 * by binding its query, as the one who looks may read it; a view that cannot be bound has none. The
 * last answers are kept. Threads share it.
 */
final class ViewTables {
  private static final String SOURCE = "views";
  private static final String SCHEMA = "main";
  private static final int MOST_KEPT = 64;

  private final Catalog catalog;
  private final AccessControl accessControl;
  private final Views views;
  private final Binder binder;
  private final StatementParser parser;
  private final ViewRights rights;
  private final Map<Key, SourceCatalog> kept = new LinkedHashMap<>(16, 0.75f, true);

  ViewTables(
      Catalog catalog,
      AccessControl accessControl,
      Views views,
      Binder binder,
      StatementParser parser,
      ViewRights rights) {
    this.rights = rights;
    this.catalog = catalog;
    this.accessControl = accessControl;
    this.views = views;
    this.binder = binder;
    this.parser = parser;
  }

  /** On what it depends what there is to see. */
  private record Key(Principal principal, long catalog, long access, List<ViewDefinition> views) {}

  /** The catalog as a session may see it; views come last, if there are any. */
  CatalogSnapshot described(Session session) {
    // Asked before anything is made by it.
    long access = accessControl.version();
    CatalogSnapshot seen = catalog.snapshot(session);
    List<ViewDefinition> definitions = List.copyOf(views.list());
    if (definitions.isEmpty()) {
      return seen;
    }
    List<SourceCatalog> sources = new ArrayList<>(seen.sources());
    sources.add(source(session, new Key(session.principal(), seen.version(), access, definitions)));
    return new CatalogSnapshot(seen.version(), sources, seen.relations());
  }

  private SourceCatalog source(Session session, Key key) {
    synchronized (kept) {
      SourceCatalog known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    List<TableMetadata> tables = new ArrayList<>();
    boolean complete = true;
    for (ViewDefinition view : key.views()) {
      if (!rights.isVisible(session, view)) {
        continue;
      }
      Optional<List<TableMetadata.Column>> columns = columns(session, view);
      complete &= columns.isPresent();
      tables.add(table(view, columns.orElseGet(List::of)));
    }
    SourceCatalog made =
        new SourceCatalog(
            SourceConfig.ofPath(SOURCE, SOURCE, ""),
            SCHEMA,
            new CatalogMetadata(List.of(new SchemaMetadata(SCHEMA, tables))));
    if (complete) {
      synchronized (kept) {
        kept.put(key, made);
        if (kept.size() > MOST_KEPT) {
          kept.remove(kept.keySet().iterator().next());
        }
      }
    }
    return made;
  }

  private static TableMetadata table(ViewDefinition view, List<TableMetadata.Column> columns) {
    return new TableMetadata(
        view.name(),
        TableMetadata.Kind.VIEW,
        view.comment(),
        columns,
        List.of(),
        List.of(),
        List.of(),
        OptionalLong.empty());
  }

  private Optional<List<TableMetadata.Column>> columns(Session session, ViewDefinition view) {
    List<SqlType.Field> fields;
    try {
      Session reading = rights.reading(session, view).withSearchPath(List.of());
      fields = binder.bind(reading, parser.parseQuery(view.sql())).columns();
    } catch (KurobeException e) {
      // Its tables are gone, or not to be read by the one who looks.
      return Optional.empty();
    }
    Set<String> hidden = rights.hiddenColumns(session, view);
    List<TableMetadata.Column> columns = new ArrayList<>();
    for (int i = 0; i < view.columns().size() && i < fields.size(); i++) {
      SqlType.Field field = fields.get(i);
      if (hidden.contains(view.columns().get(i))) {
        continue;
      }
      columns.add(
          new TableMetadata.Column(
              view.columns().get(i),
              field.type(),
              field.nullable(),
              field.type().toString(),
              Optional.empty(),
              Optional.empty()));
    }
    return Optional.of(columns);
  }
}
