package io.kurobe.planner.bind;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.TableMetadata;
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
import java.time.Duration;
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
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
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
  private static final int MOST_SNAPSHOTS = 64;

  private final Catalog catalog;
  private final Views views;
  private final StatementParser parser;
  private final SourceCatalog system;
  private final ViewRights rights;

  /** The names of snapshots, of which each principal may see another. */
  private final Cache<CatalogSnapshot, CatalogNames> names =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(MOST_SNAPSHOTS)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  /**
   * Makes a binder.
   *
   * @param system the tables of Kurobe's own, which only their full names reach
   * @param rights who may read which view, and under whose rights it reads
   */
  public Binder(
      Catalog catalog,
      Views views,
      StatementParser parser,
      SourceCatalog system,
      ViewRights rights) {
    this.catalog = catalog;
    this.views = views;
    this.parser = parser;
    this.system = system;
    this.rights = rights;
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

  /**
   * Binds expressions over one table, all of whose columns they may name, and nothing else.
   *
   * @param further functions that they may call besides those of queries
   * @return a tree that has the expressions as its columns
   * @throws KurobeException with the position in the text of the expression
   */
  public RelNode bindOver(
      Session session,
      TableName name,
      TableMetadata table,
      List<SqlNode> expressions,
      SqlOperatorTable further) {
    SqlSelect query =
        new SqlSelect(
            SqlParserPos.ZERO,
            null,
            new SqlNodeList(expressions, SqlParserPos.ZERO),
            new SqlIdentifier(name.parts(), SqlParserPos.ZERO),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    var binding =
        new Binding(
            session.withSearchPath(List.of()),
            new CatalogNames(alone(name, table)),
            SqlOperatorTables.chain(Operators.TABLE, further));
    return binding.bind(query, binding.session).tree();
  }

  private CatalogSnapshot alone(TableName name, TableMetadata table) {
    if (name.source().equals(system.name())) {
      return new CatalogSnapshot(0, List.of(), List.of());
    }
    var metadata =
        new CatalogMetadata(
            List.of(new CatalogMetadata.SchemaMetadata(name.schema(), List.of(table))));
    return new CatalogSnapshot(
        0,
        List.of(new SourceCatalog(catalog.source(name.source()).config(), name.schema(), metadata)),
        List.of());
  }

  private CatalogNames names(CatalogSnapshot snapshot) {
    return names.get(snapshot, CatalogNames::new);
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

  private CatalogSnapshot seen(Session session, SqlNode query) {
    return new SourcesNamed(catalog, views, session, system.name())
        .of(query)
        .map(named -> catalog.snapshot(session, named))
        .orElseGet(() -> catalog.snapshot(session));
  }

  /** One statement being bound: one catalog snapshot, one cluster, the views met so far. */
  private final class Binding {
    private final CatalogSnapshot snapshot;
    private final SqlOperatorTable operators;
    private final RelDataTypeFactory typeFactory;
    private final RelOptCluster cluster;
    private final CalciteSchema root;
    private final SchemaTree tree;
    private final Map<String, ViewTable> expanded = new HashMap<>();
    private final Set<String> expanding;
    private final Session session;

    Binding(Session session, SqlNode query) {
      this(session, names(seen(session, query)), Operators.TABLE);
    }

    Binding(Session session, CatalogNames names, SqlOperatorTable operators) {
      this.typeFactory = RelTypes.newFactory();
      this.cluster = RelOptCluster.create(planner(), new RoundingBuilder(typeFactory));
      cluster.setMetadataProvider(KnownPredicates.PROVIDER);
      this.expanding = new LinkedHashSet<>();
      this.operators = operators;
      this.session = session;
      this.snapshot = names.snapshot();
      this.tree = new SchemaTree(names, system, typeFactory);
      this.root = CalciteSchema.createRootSchema(false, false, "", tree.root(new ViewLookup()));
    }

    /** A part of a statement that reads under the rights of somebody else. */
    Binding(Binding whole, Session session, SqlNode query) {
      this.typeFactory = whole.typeFactory;
      this.cluster = whole.cluster;
      this.expanding = whole.expanding;
      this.operators = whole.operators;
      this.session = session;
      this.snapshot = seen(session, query);
      this.tree = new SchemaTree(names(snapshot), system, typeFactory);
      this.root = CalciteSchema.createRootSchema(false, false, "", tree.root(new ViewLookup()));
    }

    BoundQuery bind(SqlNode written, Session scope) {
      SqlNode standard =
          PostgresForms.standard(
              JdbcForms.standard(TextLiterals.plain(InstantLiterals.read(written))));
      NotComputed.refuse(standard);
      FineIntervals.refuse(standard);
      var reader = new KurobeCatalogReader(root, tree.paths(scope), typeFactory);
      Set<String> columns = checkTables(standard, reader);
      SqlNode query = OuterColumns.apart(UsingColumns.named(standard, reader, typeFactory));
      var validator =
          new LabelValidator(
              operators,
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
          validator.parameterTypes(validated).stream().map(RelTypes::fromRel).toList();
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
      Session reading = rights.reading(session, view);
      RelNode whole = reading == session ? bindView(view) : bindOwned(view, reading);
      RelNode labelled = labelled(whole, view.columns(), rights.hiddenColumns(session, view));
      expanding.remove(view.name());
      ViewTable table =
          new ViewTable(
              List.of(SchemaTree.VIEWS.get(0), SchemaTree.VIEWS.get(1), view.name()), labelled);
      expanded.put(view.name(), table);
      return table;
    }

    /**
     * A view that reads under the rights of whoever made it, of which its reader learns nothing.
     */
    private RelNode bindOwned(ViewDefinition view, Session owner) {
      try {
        SqlNode query = parser.parseQuery(view.sql());
        BoundQuery bound =
            new Binding(this, owner, query).bind(query, owner.withSearchPath(List.of()));
        return rights.authorized(owner, bound.tree());
      } catch (KurobeException e) {
        if (e.code().category() != ErrorCode.Category.USER || e.code() == ErrorCode.CANCELLED) {
          throw e;
        }
        throw new KurobeException(
                e.code() == ErrorCode.CIRCULAR_VIEW
                    ? ErrorCode.CIRCULAR_VIEW
                    : ErrorCode.NOT_ALLOWED,
                "view " + view.name() + " cannot be read",
                e)
            .withHint("its tables were changed, or who made it may no longer read them");
      }
    }

    private RelNode bindView(ViewDefinition view) {
      try {
        // Its text has every name in full: the reader's search path plays no part.
        return bind(parser.parseQuery(view.sql()), session.withSearchPath(List.of())).tree();
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

    private RelNode labelled(RelNode whole, List<String> labels, Set<String> hidden) {
      RelBuilder builder =
          org.apache.calcite.rel.core.RelFactories.LOGICAL_BUILDER.create(cluster, null);
      builder.push(whole);
      List<org.apache.calcite.rex.RexNode> fields = new ArrayList<>();
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        if (!hidden.contains(labels.get(i))) {
          fields.add(builder.field(i));
          seen.add(labels.get(i));
        }
      }
      return builder.project(fields, seen, true).build();
    }

    private final class ViewLookup implements Lookup<Table> {
      @Override
      public @Nullable Table get(String name) {
        return views
            .find(name)
            .filter(view -> view.name().equals(name) && rights.isVisible(session, view))
            .map(Binding.this::expand)
            .orElse(null);
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        return views
            .find(name)
            .filter(view -> rights.isVisible(session, view))
            .map(view -> new Named<Table>(view.name(), expand(view)))
            .orElse(null);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        Map<String, Boolean> names = new LinkedHashMap<>();
        views.list().stream()
            .filter(view -> rights.isVisible(session, view))
            .forEach(view -> names.put(view.name(), true));
        return names.keySet();
      }
    }
  }
}
