package io.kurobe.planner.authorize;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.StatementPosition;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.bind.Binder;
import io.kurobe.planner.bind.ViewRights;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.optimize.Optimizer;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Row filters and masks: expressions over all columns of one table, whoever reads it, bound by the
 * rules of queries. What they say of whoever reads is put in when a table is read, so that they are
 * bound once. Threads share it.
 */
public final class PolicyExpressions {
  private static final int MOST_TABLES = 10_000;

  private final Catalog catalog;
  private final SourceCatalog system;
  private final StatementParser parser = new StatementParser();
  private final Binder binder;

  private record Key(TableName name, TableAccess access) {}

  /**
   * What was bound.
   *
   * @param source what was known of the table's source then: while that is the same, so is the
   *     table
   */
  private record Known(CatalogMetadata source, TableMetadata table, Optional<Bound> bound) {}

  private final Cache<Key, Known> known = Caffeine.newBuilder().maximumSize(MOST_TABLES).build();

  /**
   * Makes it.
   *
   * @param catalog all tables, of which sessions see less
   * @param system the tables of Kurobe's own
   */
  public PolicyExpressions(Catalog catalog, SourceCatalog system) {
    this.catalog = catalog;
    this.system = system;
    this.binder = new Binder(catalog, new NoViews(), parser, system, ViewRights.OPEN);
  }

  /**
   * What is seen of a table, bound.
   *
   * @param table with all its columns
   * @param filter what holds of every row; constants of whoever reads are still open
   * @param masks what is seen instead of a column, of the column's type or NULL
   */
  record Bound(RelOptTable table, Optional<RexNode> filter, Map<String, RexNode> masks) {}

  /**
   * Refuses what cannot be a row filter of a table: what is no condition over its columns alone, or
   * is not the same for one row and reader each time.
   *
   * @throws KurobeException with the position in the text
   */
  public void checkRowFilter(Session session, TableName table, String condition) {
    checkRowFilter(session, table, parser.parseExpression(condition));
  }

  /** The same of a condition that was parsed; validation rewrites the tree. */
  public void checkRowFilter(Session session, TableName table, SqlNode condition) {
    bind(session, table, metadata(table), Optional.of(condition), Map.of());
  }

  /**
   * Refuses what cannot be seen instead of a column's value.
   *
   * @throws KurobeException with the position in the text
   */
  public void checkMask(Session session, TableName table, String column, String expression) {
    checkMask(session, table, column, parser.parseExpression(expression));
  }

  /** The same of an expression that was parsed; validation rewrites the tree. */
  public void checkMask(Session session, TableName table, String column, SqlNode expression) {
    bind(session, table, metadata(table), Optional.empty(), Map.of(column, expression));
  }

  /**
   * Refuses a row filter or a mask that could not be enforced.
   *
   * @param column of a mask; empty for a row filter
   * @throws KurobeException that says why
   */
  public void check(Session session, TableName table, Optional<String> column, String expression) {
    column.ifPresentOrElse(
        masked -> checkMask(session, table, masked, expression),
        () -> checkRowFilter(session, table, expression));
  }

  private CatalogMetadata source(TableName name) {
    return name.source().equals(system.name()) ? system.metadata() : catalog.known(name.source());
  }

  private TableMetadata metadata(TableName name) {
    return metadata(source(name), name);
  }

  /** All columns of a table, whoever asks. */
  private static TableMetadata metadata(CatalogMetadata source, TableName name) {
    return source.schemas().stream()
        .filter(schema -> schema.name().equals(name.schema()))
        .flatMap(schema -> schema.tables().stream())
        .filter(table -> table.name().equals(name.table()))
        .findFirst()
        .orElseThrow(
            () ->
                new KurobeException(ErrorCode.UNKNOWN_TABLE, "table " + name + " does not exist"));
  }

  /**
   * Binds what restricts a table.
   *
   * @throws KurobeException NOT_ALLOWED if it cannot be bound: the table is closed then, not open
   */
  Bound of(Session session, TableName name, TableAccess access) {
    CatalogMetadata source = source(name);
    var key = new Key(name, access);
    Known found = known.getIfPresent(key);
    if (found == null || found.source() != source) {
      TableMetadata table = metadata(source, name);
      boolean same = found != null && found.table().equals(table);
      found = new Known(source, table, same ? found.bound() : bound(session, name, table, access));
      known.put(key, found);
    }
    return found.bound().orElseThrow(() -> Authorizer.notAllowed(name));
  }

  private Optional<Bound> bound(
      Session session, TableName name, TableMetadata table, TableAccess access) {
    try {
      Map<String, SqlNode> masks = new TreeMap<>();
      access.masks().forEach((column, text) -> masks.put(column, parser.parseExpression(text)));
      return Optional.of(
          bind(session, name, table, access.rowFilter().map(parser::parseExpression), masks));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      // Whatever is wrong with it, the table is closed.
      return Optional.empty();
    }
  }

  private Bound bind(
      Session session,
      TableName name,
      TableMetadata table,
      Optional<SqlNode> filter,
      Map<String, SqlNode> masks) {
    List<SqlNode> expressions = new ArrayList<>();
    filter.ifPresent(expressions::add);
    List<String> columns = List.copyOf(masks.keySet());
    columns.forEach(column -> expressions.add(masks.get(column)));
    expressions.forEach(PolicyRefusals::ofQueries);
    List<SqlParserPos> positions = expressions.stream().map(SqlNode::getParserPosition).toList();
    RelNode tree =
        Optimizer.plain(binder.bindOver(session, name, table, expressions, PolicyFunctions.TABLE));
    RelNode input = tree instanceof Project project ? project.getInput() : tree;
    if (!(input instanceof TableScan scan)) {
      throw at(
          new KurobeException(
              ErrorCode.INVALID_QUERY, "a row filter or a mask reads one row and no others"),
          positions.get(0));
    }
    RexBuilder builder = tree.getCluster().getRexBuilder();
    List<RexNode> values =
        tree instanceof Project project
            ? project.getProjects()
            : builder.identityProjects(tree.getRowType()).stream()
                .map(RexNode.class::cast)
                .toList();
    for (int i = 0; i < expressions.size(); i++) {
      PolicyRefusals.ofExpressions(values.get(i), positions.get(i));
    }
    Optional<RexNode> condition = filter.map(written -> condition(values.get(0), positions.get(0)));
    Map<String, RexNode> masked = new HashMap<>();
    int first = filter.isPresent() ? 1 : 0;
    for (int i = 0; i < columns.size(); i++) {
      masked.put(
          columns.get(i),
          mask(
              builder,
              scan.getRowType(),
              columns.get(i),
              values.get(first + i),
              positions.get(first + i)));
    }
    return new Bound(scan.getTable(), condition, Map.copyOf(masked));
  }

  private static RexNode condition(RexNode value, SqlParserPos position) {
    SqlTypeName type = value.getType().getSqlTypeName();
    if (type != SqlTypeName.BOOLEAN && !RexUtil.isNullLiteral(value, true)) {
      throw at(
          new KurobeException(
              ErrorCode.TYPE_MISMATCH, "a row filter is a condition, and this is of type " + type),
          position);
    }
    return value;
  }

  private static RexNode mask(
      RexBuilder builder,
      RelDataType rowType,
      String column,
      RexNode value,
      SqlParserPos position) {
    RelDataTypeField field = rowType.getField(column, true, false);
    if (field == null) {
      throw at(
          new KurobeException(ErrorCode.UNKNOWN_COLUMN, "column " + column + " does not exist"),
          position);
    }
    RelDataTypeFactory types = builder.getTypeFactory();
    RelDataType type = types.createTypeWithNullability(field.getType(), true);
    if (RexUtil.isNullLiteral(value, true)) {
      return builder.makeNullLiteral(type);
    }
    if (!SqlTypeUtil.equalSansNullability(types, value.getType(), type)) {
      if (!sameFamily(value.getType(), type)) {
        throw at(
            new KurobeException(
                    ErrorCode.TYPE_MISMATCH,
                    "column "
                        + column
                        + " is of type "
                        + type
                        + ", and its mask of type "
                        + value.getType())
                .withHint("CAST makes the mask of the column's type"),
            position);
      }
      return builder.makeAbstractCast(position, type, value, false);
    }
    return value.getType().isNullable()
        ? value
        : builder.makeAbstractCast(position, type, value, false);
  }

  private static boolean sameFamily(RelDataType one, RelDataType other) {
    return SqlTypeUtil.inCharFamily(one)
        ? SqlTypeUtil.inCharFamily(other)
        : SqlTypeUtil.isNumeric(one)
            ? SqlTypeUtil.isNumeric(other)
            : one.getFamily() == other.getFamily();
  }

  static KurobeException at(KurobeException error, SqlParserPos position) {
    return position.getLineNum() > 0
        ? error.at(
            new StatementPosition(position.getLineNum(), Math.max(position.getColumnNum(), 1)))
        : error;
  }

  /** What a policy may read of views: nothing. */
  private static final class NoViews implements Views {
    @Override
    public List<ViewDefinition> list() {
      return List.of();
    }

    @Override
    public Optional<ViewDefinition> find(String name) {
      return Optional.empty();
    }

    @Override
    public void create(ViewDefinition view, boolean replace) {
      throw new IllegalStateException("a policy makes no view");
    }

    @Override
    public boolean drop(String name) {
      return false;
    }
  }
}
