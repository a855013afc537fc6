package io.kurobe.planner.fragment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.TextOrder;
import io.kurobe.planner.authorize.Concealed;
import io.kurobe.planner.bind.TextColumns;
import io.kurobe.planner.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rel.rel2sql.SqlImplementor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/** Writes a fragment as one SQL statement, at a source or in the engine. */
public final class Unparser {
  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private final Catalog catalog;
  private final SqlDialect engine;
  private final Concealed concealed;

  /**
   * Makes an unparser.
   *
   * @param engine the engine's dialect
   */
  public Unparser(Catalog catalog, SqlDialect engine) {
    this(catalog, engine, Concealed.NOTHING);
  }

  private Unparser(Catalog catalog, SqlDialect engine, Concealed concealed) {
    this.catalog = catalog;
    this.engine = engine;
    this.concealed = concealed;
  }

  /** One that shows less of what it writes. */
  public Unparser concealing(Concealed concealed) {
    return new Unparser(catalog, engine, concealed);
  }

  /**
   * The statement a source runs, as whoever asked for it may see it.
   *
   * @param statement what {@link #atSource} gives
   */
  public String shownAtSource(Source source, RelNode tree, String statement) {
    return concealed.equals(Concealed.NOTHING)
        ? source.statement(statement)
        : new Concealment(concealed)
            .shown(tree, form -> source.statement(atSource(source, form, true)));
  }

  /**
   * The statement the engine runs, as whoever asked for it may see it.
   *
   * @param statement what {@link #atEngine} gives
   */
  public String shownAtEngine(RelNode tree, String database, String statement) {
    return concealed.equals(Concealed.NOTHING)
        ? statement
        : new Concealment(concealed).shown(tree, form -> atEngine(form, database, true));
  }

  /** The statement a source runs. */
  public String atSource(Source source, RelNode tree) {
    return atSource(source, tree, false);
  }

  private String atSource(Source source, RelNode tree, boolean shown) {
    RelNode rounded = Averages.rounded(tree);
    RelNode ordered =
        source.capabilities().textOrder() instanceof TextOrder.Collated order
            ? TextOrdering.collated(rounded, order.collation())
            : rounded;
    RelNode written = source.attachedAs().isPresent() ? OneRowInputs.limit(ordered) : ordered;
    return text(new Converter(source.dialect(), "", source), source.dialect(), written, shown);
  }

  /**
   * The statement the engine runs.
   *
   * @param database the name of the database the staged relations are in
   */
  public String atEngine(RelNode tree, String database) {
    return atEngine(tree, database, false);
  }

  private String atEngine(RelNode tree, String database, boolean shown) {
    return text(new Converter(engine, database, null), engine, OneRowInputs.limit(tree), shown);
  }

  private String text(Converter converter, SqlDialect dialect, RelNode tree, boolean shown) {
    RelNode grouped = tree.accept(new GroupedConstants()).accept(new SeparateQueries());
    SqlNode statement = statement(converter, TypedLiterals.in(FineRanges.in(grouped)));
    return (shown ? new Concealment(concealed).shown(statement) : statement)
        .toSqlString(
            config ->
                config
                    .withDialect(dialect)
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false)
                    .withSelectListItemsOnSeparateLines(false)
                    .withClauseStartsLine(false)
                    .withIndentation(0))
        .getSql();
  }

  /**
   * The converter asks for metadata, of which Calcite keeps one store for all fragments of a query,
   * to be used by one thread at a time, and finds its provider by the thread.
   */
  private static SqlNode statement(Converter converter, RelNode tree) {
    RelOptCluster cluster = tree.getCluster();
    synchronized (cluster) {
      RelMetadataQueryBase.THREAD_PROVIDERS.set(
          JaninoRelMetadataProvider.of(requireNonNull(cluster.getMetadataProvider())));
      cluster.invalidateMetadataQuery();
      SqlImplementor.Result result = converter.visitRoot(tree);
      return NamedColumns.in(result.asStatement(), result, tree.getRowType());
    }
  }

  /** Public, as its methods are found by reflection on the type of the node. */
  public final class Converter extends RelToSqlConverter {
    private final String database;
    private final @Nullable Source source;

    Converter(SqlDialect dialect, String database, @Nullable Source source) {
      super(dialect);
      this.source = source;
      this.database = database;
    }

    /** Aliases differ by more than case, by which the engine tells no two of them apart. */
    @Override
    public Result result(
        SqlNode node,
        Collection<Clause> clauses,
        RelNode rel,
        @Nullable Map<String, RelDataType> aliases) {
      String written = SqlValidatorUtil.alias(node);
      String alias = written == null ? "t" : written;
      String candidate = alias;
      for (int i = 0; isTaken(candidate); i++) {
        aliasSet.add(candidate);
        candidate = alias + i;
      }
      if (rel instanceof Sort sort && node instanceof SqlSelect select) {
        // Before the result looks whether its query orders by places.
        collate(sort, select);
      }
      return super.result(node, clauses, rel, aliases);
    }

    private boolean isTaken(String alias) {
      return aliasSet.stream().anyMatch(alias::equalsIgnoreCase);
    }

    /** A table of a source: schema and table there; with the source before them in the engine. */
    @Override
    public Result visit(TableScan scan) {
      List<String> name = scan.getTable().getQualifiedName();
      boolean inEngine = !database.isEmpty();
      List<String> written =
          inEngine
              ? List.of(
                  catalog.source(name.get(0)).attachedAs().orElse(name.get(0)),
                  name.get(1),
                  name.get(2))
              : name.subList(1, name.size());
      Map<String, Optional<String>> foreign = source == null ? Map.of() : foreignText(scan, source);
      return source == null || foreign.isEmpty()
          ? named(written, scan)
          : asText(written, scan, foreign, source.capabilities().textOrder());
    }

    /**
     * The columns that are text here but something else to the source, such as an enum, and the
     * function that makes text of each; none means a cast.
     */
    private static Map<String, Optional<String>> foreignText(TableScan scan, Source source) {
      TextColumns table = scan.getTable().unwrap(TextColumns.class);
      Map<String, Optional<String>> foreign = new HashMap<>();
      if (table != null) {
        table
            .nativeTypesOfText()
            .forEach(
                (column, type) -> {
                  if (!source.isPlainText(type)) {
                    foreign.put(column, source.textFunction(type));
                  }
                });
      }
      return foreign;
    }

    private Result asText(
        List<String> name,
        TableScan scan,
        Map<String, Optional<String>> foreign,
        TextOrder textOrder) {
      SqlNodeList items = new SqlNodeList(HERE);
      for (RelDataTypeField field : scan.getRowType().getFieldList()) {
        SqlIdentifier column = new SqlIdentifier(field.getName(), HERE);
        Optional<String> function = foreign.get(field.getName());
        if (function == null) {
          items.add(column);
          continue;
        }
        SqlNode text = text(column, field.getType(), function);
        SqlNode plain =
            textOrder instanceof TextOrder.Collated order
                ? order.usual().createCall(HERE, text)
                : text;
        items.add(SqlStdOperatorTable.AS.createCall(HERE, plain, column));
      }
      SqlSelect select = select(items, new SqlIdentifier(name, HERE), null);
      return result(select, ImmutableList.of(Clause.SELECT), scan, null);
    }

    private SqlNode text(SqlNode column, RelDataType type, Optional<String> function) {
      return function
          .<SqlNode>map(
              name ->
                  new SqlUnresolvedFunction(
                          new SqlIdentifier(name, HERE),
                          null,
                          null,
                          null,
                          null,
                          SqlFunctionCategory.USER_DEFINED_FUNCTION)
                      .createCall(HERE, column))
          .orElseGet(
              () -> SqlStdOperatorTable.CAST.createCall(HERE, column, dialect.getCastSpec(type)));
    }

    /** An order, in which a source may have to be told how text is ordered. */
    @Override
    public Result visit(Sort sort) {
      Result sorted = super.visit(sort);
      collate(sort, sorted.asSelect());
      return sorted;
    }

    private void collate(Sort sort, SqlSelect select) {
      if (source != null && source.capabilities().textOrder() instanceof TextOrder.Collated order) {
        new OrderKeys(select, order.collation()).collate(sort);
      }
    }

    /**
     * The rows of the left for which there is, or is not, one on the right: a condition on them.
     */
    @Override
    protected Result visitAntiOrSemiJoin(Join join) {
      Result left = visitInput(join, 0).resetAlias();
      Result right = visitInput(join, 1).resetAlias();
      SqlNode condition =
          convertConditionToSqlNode(
              join.getCondition(), left.qualifiedContext(), right.qualifiedContext());
      SqlNodeList one = SqlNodeList.of(SqlLiteral.createExactNumeric("1", HERE));
      SqlNode exists =
          SqlStdOperatorTable.EXISTS.createCall(HERE, select(one, right.asFrom(), condition));
      SqlNode where =
          join.getJoinType() == JoinRelType.ANTI
              ? SqlStdOperatorTable.NOT.createCall(HERE, exists)
              : exists;
      SqlNode from = left.asFrom();
      if (from.getKind() == SqlKind.JOIN) {
        SqlSelect kept = select(NamedColumns.of(left, join.getRowType(), true), from, where);
        return result(kept, ImmutableList.of(Clause.SELECT), join, null);
      }
      SqlSelect kept = select(SqlNodeList.SINGLETON_STAR, from, where);
      return result(kept, ImmutableList.of(Clause.FROM, Clause.WHERE), join, null);
    }

    /** Queries whose columns are told apart by their places alone. */
    @Override
    public Result setOpToSql(SqlSetOperator operator, RelNode rel) {
      List<SqlNode> queries = new ArrayList<>();
      for (RelNode input : rel.getInputs()) {
        Result result = visitInput(rel, queries.size());
        queries.add(NamedColumns.in(result.asSelect(), result, input.getRowType()));
      }
      SqlNode all =
          queries.stream().reduce((one, next) -> operator.createCall(HERE, one, next)).get();
      return result(all, ImmutableList.of(Clause.SET_OP), rel, null);
    }

    /** A staged relation. */
    public Result visit(StagedScan scan) {
      return named(List.of(database, "main", scan.relation()), scan);
    }

    /** A query of its own in FROM. */
    public Result visit(SeparateQueries.Subquery subquery) {
      SqlNode query = visitInput(subquery, 0).asStatement();
      SqlNode from = SqlStdOperatorTable.AS.createCall(HERE, query, new SqlIdentifier("t", HERE));
      SqlSelect all = select(SqlNodeList.SINGLETON_STAR, from, null);
      return result(all, ImmutableList.of(Clause.FROM), subquery, null);
    }

    /** Rows of constants; a NULL among them has its type, or it would be taken for text. */
    @Override
    public Result visit(Values values) {
      List<List<RexLiteral>> tuples = new ArrayList<>(values.getTuples());
      if (!tuples.isEmpty()
          && tuples.stream().flatMap(List::stream).noneMatch(RexLiteral::isNull)) {
        return super.visit(values);
      }
      if (tuples.isEmpty()) {
        RexBuilder builder = values.getCluster().getRexBuilder();
        tuples.add(
            values.getRowType().getFieldList().stream()
                .map(field -> builder.makeNullLiteral(field.getType()))
                .toList());
      }
      SqlNode rows =
          tuples.stream()
              .map(tuple -> row(values, tuple))
              .reduce((up, down) -> SqlStdOperatorTable.UNION_ALL.createCall(HERE, up, down))
              .get();
      return result(rows, ImmutableList.of(Clause.SELECT), values, null);
    }

    private SqlNode row(Values values, List<RexLiteral> tuple) {
      SqlNodeList items = new SqlNodeList(HERE);
      for (RelDataTypeField field : values.getRowType().getFieldList()) {
        RexLiteral literal = tuple.get(field.getIndex());
        SqlNode type = literal.isNull() ? dialect.getCastSpec(field.getType()) : null;
        SqlNode value = aliasContext(ImmutableMap.of(), false).toSql(null, literal);
        items.add(
            SqlStdOperatorTable.AS.createCall(
                HERE,
                type == null ? value : SqlStdOperatorTable.CAST.createCall(HERE, value, type),
                new SqlIdentifier(field.getName(), HERE)));
      }
      SqlNode never =
          SqlStdOperatorTable.EQUALS.createCall(
              HERE,
              SqlLiteral.createExactNumeric("1", HERE),
              SqlLiteral.createExactNumeric("0", HERE));
      return select(items, null, values.getTuples().isEmpty() ? never : null);
    }

    private static SqlSelect select(
        SqlNodeList items, @Nullable SqlNode from, @Nullable SqlNode where) {
      return new SqlSelect(
          HERE, null, items, from, where, null, null, null, null, null, null, null, null);
    }

    private Result named(List<String> name, RelNode node) {
      return result(new SqlIdentifier(name, HERE), ImmutableList.of(Clause.FROM), node, null);
    }
  }
}
