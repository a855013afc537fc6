package io.kurobe.planner.bind;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.planner.bind.CatalogNames.Described;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as a tree of Calcite's schemas, laid out so that the rule for names is nothing but
 * look-up along {@link #paths}.
 *
 * <p>Under the root stand the sources; in each its schemas and, for {@code source.table}, the
 * tables of its default schema; beside the sources the schemas whose name only one source has, for
 * {@code schema.table}; and a schema of bare names, those that one default schema alone has, for
 * sessions without a search path. Kurobe's own tables have nothing but their full names. One {@link
 * CatalogTable} stands in several places and always bears its full name.
 */
final class SchemaTree {
  /** The source and schema where views live. */
  static final List<String> VIEWS = List.of("views", "main");

  private static final String BARE = "\0bare";

  private final CatalogNames names;
  private final CatalogSnapshot snapshot;
  private final SourceCatalog system;
  private final RelDataTypeFactory typeFactory;
  private final Map<TableName, CatalogTable> tables = new HashMap<>();

  SchemaTree(CatalogNames names, SourceCatalog system, RelDataTypeFactory typeFactory) {
    this.names = names;
    this.snapshot = names.snapshot();
    this.system = system;
    this.typeFactory = typeFactory;
  }

  /** The root, with the views given. */
  Schema root(Lookup<Table> views) {
    Map<String, Schema> children = new LinkedHashMap<>();
    Map<String, List<Schema>> schemas = new LinkedHashMap<>();
    for (SourceCatalog source : snapshot.sources()) {
      Map<String, Schema> own = new LinkedHashMap<>();
      for (SchemaMetadata schema : source.metadata().schemas()) {
        Schema leaf = new Node(Map.of(), tables(source, schema));
        own.put(schema.name(), leaf);
        schemas.computeIfAbsent(schema.name(), name -> new ArrayList<>()).add(leaf);
      }
      children.put(source.name(), new Node(own, defaultTables(source)));
    }
    children.put(system.name(), system());
    Map<String, Schema> viewSchemas = Map.of(VIEWS.get(1), new Node(Map.of(), views));
    children.put(VIEWS.get(0), new Node(viewSchemas, views));
    Set<String> taken = new HashSet<>();
    children.keySet().forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    schemas.forEach(
        (name, found) -> {
          if (found.size() == 1 && taken.add(name.toLowerCase(Locale.ROOT))) {
            children.put(name, found.get(0));
          }
        });
    children.put(BARE, new Node(Map.of(), new TableLookup(names::bare)));
    return new Node(children, new NamedLookup<>(Map.of()));
  }

  /** Kurobe's own tables: neither their schemas nor they stand anywhere else. */
  private Schema system() {
    Map<String, Schema> own = new LinkedHashMap<>();
    for (SchemaMetadata schema : system.metadata().schemas()) {
      own.put(schema.name(), new Node(Map.of(), tables(system, schema)));
    }
    return new Node(own, new NamedLookup<>(Map.of()));
  }

  /** Where names are looked up, in order. */
  List<List<String>> paths(Session session) {
    List<List<String>> paths = new ArrayList<>();
    session.searchPath().forEach(entry -> paths.add(place(entry.source(), entry.schema())));
    if (session.searchPath().isEmpty()) {
      paths.add(List.of(BARE));
    } else {
      paths.add(paths.get(0).subList(0, 1));
    }
    paths.add(VIEWS);
    paths.add(List.of());
    return paths.stream().distinct().toList();
  }

  private List<String> place(String source, java.util.Optional<String> schema) {
    return schema
        .map(name -> List.of(source, name))
        .orElseGet(
            () ->
                snapshot.sources().stream()
                    .filter(candidate -> candidate.name().equalsIgnoreCase(source))
                    .findFirst()
                    .map(candidate -> List.of(candidate.name(), candidate.defaultSchema()))
                    .orElse(List.of(source, "")));
  }

  private Lookup<Table> tables(SourceCatalog source, SchemaMetadata schema) {
    return new TableLookup(() -> names.tables(source, schema));
  }

  private CatalogTable table(Described table) {
    return tables.computeIfAbsent(
        table.name(), name -> new CatalogTable(name, table.metadata(), typeFactory));
  }

  private Lookup<Table> defaultTables(SourceCatalog source) {
    return source.metadata().schemas().stream()
        .filter(schema -> schema.name().equals(source.defaultSchema()))
        .findFirst()
        .map(schema -> tables(source, schema))
        .orElseGet(() -> new NamedLookup<>(Map.of()));
  }

  /** Tables by name, each made for this statement when it is looked for. */
  private final class TableLookup implements Lookup<Table> {
    private final Supplier<NamedLookup<Described>> described;

    TableLookup(Supplier<NamedLookup<Described>> described) {
      this.described = described;
    }

    @Override
    public @Nullable Table get(String name) {
      Described found = described.get().get(name);
      return found == null ? null : table(found);
    }

    @Override
    public @Nullable Named<Table> getIgnoreCase(String name) {
      Named<Described> found = described.get().getIgnoreCase(name);
      return found == null ? null : new Named<>(found.name(), table(found.entity()));
    }

    @Override
    public Set<String> getNames(LikePattern pattern) {
      return described.get().getNames(pattern);
    }
  }

  private static final class Node extends AbstractSchema {
    private final Lookup<Schema> children;
    private final Lookup<Table> tables;

    Node(Map<String, Schema> children, Lookup<Table> tables) {
      this.children = new NamedLookup<>(children);
      this.tables = tables;
    }

    @Override
    public Lookup<Table> tables() {
      return tables;
    }

    @Override
    public Lookup<? extends Schema> subSchemas() {
      return children;
    }
  }
}
