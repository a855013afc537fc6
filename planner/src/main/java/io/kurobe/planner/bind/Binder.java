package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.PlannedStatement.Origin;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Binds queries: resolves names along the session's search path, checks types and functions, and
 * converts to a relational tree. Touches no source but for catalog reads that are not cached.
 * Threads share it; each {@link #bind} works on a cluster of its own.
 */
public final class Binder {
  private final Catalog catalog;
  private final Views views;
  private final StatementParser parser;
  private final SourceCatalog system;
  private volatile @Nullable CatalogNames lastNames;

  /**
   * Makes a binder.
   *
   * @param system the tables of Kurobe's own, which only their full names reach
   */
  public Binder(Catalog catalog, Views views, StatementParser parser, SourceCatalog system) {
    this.catalog = catalog;
    this.views = views;
    this.parser = parser;
    this.system = system;
  }

  /**
   * Binds a query from which every ASK was expanded. The tree given is rewritten by validation.
   *
   * @throws KurobeException with the position in the statement
   */
  public BoundQuery bind(Session session, SqlNode query) {
    return new Binding(session, query).bind(query, session);
  }

  /**
   * The same for a query that a view is to be.
   *
   * @param view its name; a query that reads the view of that name is refused
   */
  public BoundQuery bindFor(String view, Session session, SqlNode query) {
    Binding binding = new Binding(session, query);
    views.find(view).ifPresent(known -> binding.expanding.add(known.name()));
    return binding.bind(query, session);
  }

  /** The names of a snapshot; one statement's are most often those of the one before. */
  private CatalogNames names(CatalogSnapshot snapshot) {
    CatalogNames names = lastNames;
    if (names == null || names.snapshot() != snapshot) {
      names = new CatalogNames(snapshot);
      lastNames = names;
    }
    return names;
  }

  /**
   * A planner that computes no constants. Calcite would do it in Java, with milliseconds and
   * rounding of its own; what runs the fragment computes them with our meaning.
   */
  private static HepPlanner planner() {
    HepPlanner planner = new HepPlanner(HepProgram.builder().build());
    planner.setExecutor((builder, constants, reduced) -> reduced.addAll(constants));
    return planner;
  }

  /** One statement being bound: one catalog snapshot, one cluster, the views met so far. */
  private final class Binding {
    private final CatalogSnapshot snapshot;
    private final RelDataTypeFactory typeFactory = RelTypes.newFactory();
    private final RelOptCluster cluster =
        RelOptCluster.create(planner(), new RoundingBuilder(typeFactory));
    private final CalciteSchema root;
    private final SchemaTree tree;
    private final Map<String, ViewTable> expanded = new HashMap<>();
    private final Set<String> expanding = new LinkedHashSet<>();
    private final Session session;

    Binding(Session session, SqlNode query) {
      cluster.setMetadataProvider(KnownPredicates.PROVIDER);
      this.session = session;
      this.snapshot =
          new SourcesNamed(catalog, views, session, system.name())
              .of(query)
              .map(named -> catalog.snapshot(session, named))
              .orElseGet(() -> catalog.snapshot(session));
      this.tree = new SchemaTree(names(snapshot), system, typeFactory);
      this.root = CalciteSchema.createRootSchema(false, false, "", tree.root(new ViewLookup()));
    }

    BoundQuery bind(SqlNode written, Session scope) {
      SqlNode standard = PostgresForms.standard(JdbcForms.standard(TextLiterals.plain(written)));
      NotComputed.refuse(standard);
      FineIntervals.refuse(standard);
      var reader = new KurobeCatalogReader(root, tree.paths(scope), typeFactory);
      Set<String> columns = checkTables(standard, reader);
      SqlNode query = OuterColumns.apart(UsingColumns.named(standard, reader, typeFactory));
      var validator =
          new LabelValidator(
              Operators.TABLE,
              reader,
              typeFactory,
              SqlValidator.Config.DEFAULT
                  .withConformance(SqlConformanceEnum.LENIENT)
                  .withDefaultNullCollation(NullCollation.HIGH)
                  .withTypeCoercionFactory(Coercion::new)
                  .withIdentifierExpansion(true));
      List<String> labels = Labels.of(query);
      try {
        SqlNode validated = validator.validate(query);
        RelRoot relRoot = converter(validator, reader).convertQuery(validated, false, true);
        return result(relRoot, validator, validated, reader, labels);
      } catch (CalciteContextException e) {
        throw BindErrors.translate(e, columns, validator.sharedLabels());
      }
    }

    private SqlToRelConverter converter(SqlValidator validator, KurobeCatalogReader reader) {
      return new SqlToRelConverter(
          (rowType, sql, schemaPath, viewPath) -> {
            throw new IllegalStateException("views are expanded by their tables");
          },
          validator,
          reader,
          cluster,
          Convertlets.TABLE,
          SqlToRelConverter.config()
              .withExpand(false)
              .withTrimUnusedFields(false)
              .withRemoveSortInSubQuery(false)
              // Merged with the projection below, a projection with a subquery keeps its indexes.
              .withRelBuilderConfigTransform(
                  builder -> builder.withPushJoinCondition(true).withBloat(-1).withSimplify(false))
              .withInSubQueryThreshold(Integer.MAX_VALUE));
    }

    /** Fails for a table that does not exist; else gives the names of all columns in reach. */
    private Set<String> checkTables(SqlNode query, KurobeCatalogReader reader) {
      Set<String> columns = new HashSet<>();
      for (SqlIdentifier name : TableReferences.of(query)) {
        CalciteSchema.TableEntry entry = SqlValidatorUtil.getTableEntry(reader, name.names);
        if (entry == null) {
          throw new TableNames(catalog, snapshot, session.searchPath(), system).unknown(name);
        }
        columns.addAll(entry.getTable().getRowType(typeFactory).getFieldNames());
      }
      return columns;
    }

    private BoundQuery result(
        RelRoot relRoot,
        LabelValidator validator,
        SqlNode validated,
        KurobeCatalogReader reader,
        List<String> labels) {
      RelNode rel = visibleFirst(relRoot) ? relRoot.rel : relRoot.project(true);
      RelDataType rowType = relRoot.validatedRowType;
      List<List<String>> fieldOrigins = validator.getFieldOrigins(validated);
      List<SqlType.Field> columns = new ArrayList<>();
      List<Optional<Origin>> origins = new ArrayList<>();
      for (RelDataTypeField field : rowType.getFieldList()) {
        origins.add(origin(fieldOrigins.get(field.getIndex()), reader));
        String label = labels.isEmpty() ? "" : labels.get(field.getIndex());
        columns.add(
            resultColumn(
                label.isEmpty() ? validator.label(field.getName()) : label,
                field,
                CatalogTypes.of(rel, field.getIndex())));
      }
      List<SqlType> parameters =
          validator.getParameterRowType(validated).getFieldList().stream()
              .map(field -> RelTypes.fromRel(field.getType()))
              .toList();
      return new BoundQuery(rel, columns, origins, parameters, validated, snapshot);
    }

    /** Whether the visible fields come first and in order, so that the rest only orders. */
    private boolean visibleFirst(RelRoot relRoot) {
      for (int i = 0; i < relRoot.fields.size(); i++) {
        if (relRoot.fields.get(i).getKey() != i) {
          return false;
        }
      }
      return true;
    }

    private Optional<Origin> origin(@Nullable List<String> origin, KurobeCatalogReader reader) {
      if (origin == null || origin.size() != 4) {
        return Optional.empty();
      }
      CalciteSchema.TableEntry entry = SqlValidatorUtil.getTableEntry(reader, origin.subList(0, 3));
      if (entry == null || !(entry.getTable() instanceof CatalogTable table)) {
        return Optional.empty();
      }
      TableName name = table.name();
      return table.columns().stream()
          .filter(column -> column.name().equals(origin.get(3)))
          .findFirst()
          .map(column -> new Origin(name.source(), name.schema(), name.table(), column.name()));
    }

    private SqlType.Field resultColumn(
        String label, RelDataTypeField field, Optional<SqlType> column) {
      SqlType derived = RelTypes.fromRel(field.getType());
      SqlType type;
      if (column.isPresent() && isBound(column.get(), derived)) {
        // The catalog knows more than the validator, such as JSON.
        type = column.get();
      } else if (field.getType().getSqlTypeName() == SqlTypeName.CHAR) {
        // A literal is CHAR(n) to the validator; to people it is text.
        type = SqlType.VARCHAR;
      } else {
        type = derived;
      }
      return new SqlType.Field(label, type, field.getType().isNullable());
    }

    /** Whether a column of this type is of the other once it is bound. */
    private boolean isBound(SqlType type, SqlType derived) {
      return RelTypes.fromRel(RelTypes.toRel(typeFactory, type, true)).equals(derived);
    }

    private ViewTable expand(ViewDefinition view) {
      ViewTable known = expanded.get(view.name());
      if (known != null) {
        return known;
      }
      if (!expanding.add(view.name())) {
        throw new KurobeException(
                ErrorCode.CIRCULAR_VIEW,
                "view "
                    + view.name()
                    + " would read itself: "
                    + String.join(" → ", expanding)
                    + " → "
                    + view.name())
            .withHint("give the view another name, or write out what it reads");
      }
      RelNode labelled = labelled(bindView(view), view.columns());
      expanding.remove(view.name());
      ViewTable table =
          new ViewTable(
              List.of(SchemaTree.VIEWS.get(0), SchemaTree.VIEWS.get(1), view.name()), labelled);
      expanded.put(view.name(), table);
      return table;
    }

    private BoundQuery bindView(ViewDefinition view) {
      try {
        // Its text has every name in full: the reader's search path plays no part.
        return bind(parser.parseQuery(view.sql()), session.withSearchPath(List.of()));
      } catch (KurobeException e) {
        switch (e.code()) {
          case UNKNOWN_TABLE, UNKNOWN_COLUMN, UNKNOWN_SCHEMA, UNKNOWN_SOURCE ->
              // What its author may name is not told to a reader who may not see it.
              throw new KurobeException(
                      ErrorCode.INVALID_QUERY,
                      "view " + view.name() + " reads what does not exist for you",
                      e)
                  .withHint("its tables were changed, or you are not allowed to read them");
          default -> throw e;
        }
      }
    }

    private RelNode labelled(BoundQuery bound, List<String> labels) {
      RelBuilder builder =
          org.apache.calcite.rel.core.RelFactories.LOGICAL_BUILDER.create(cluster, null);
      builder.push(bound.tree());
      List<org.apache.calcite.rex.RexNode> fields = builder.fields().subList(0, labels.size());
      return builder.project(fields, labels, true).build();
    }

    private final class ViewLookup implements Lookup<Table> {
      @Override
      public @Nullable Table get(String name) {
        return views
            .find(name)
            .filter(view -> view.name().equals(name))
            .map(Binding.this::expand)
            .orElse(null);
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        return views
            .find(name)
            .map(view -> new Named<Table>(view.name(), expand(view)))
            .orElse(null);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        Map<String, Boolean> names = new LinkedHashMap<>();
        views.list().forEach(view -> names.put(view.name(), true));
        return names.keySet();
      }
    }
  }
}
