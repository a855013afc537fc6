package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.source.WrittenConformance;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformance;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's SQL, for DuckDB sources and for the engine, which must be able to run whatever a plan
 * holds. What is only written differently is in {@link DuckDbCalls}.
 */
public final class DuckDbDialect extends DuckDBSqlDialect {
  public static final DuckDbDialect INSTANCE = new DuckDbDialect();

  private static final SqlParserPos HERE = SqlParserPos.ZERO;
  private static final int MAX_PRECISION = 38;

  private DuckDbDialect() {
    super(DEFAULT_CONTEXT);
  }

  @Override
  public SqlConformance getConformance() {
    return WrittenConformance.INSTANCE;
  }

  /** None is taken for granted, so every null direction is written. */
  @Override
  public RelFieldCollation.NullDirection defaultNullDirection(
      RelFieldCollation.Direction direction) {
    return RelFieldCollation.NullDirection.UNSPECIFIED;
  }

  @Override
  public boolean supportsCharSet() {
    return false;
  }

  /** DuckDB compares no text with a number: without this, Calcite leaves such a cast out. */
  @Override
  public boolean supportsImplicitTypeCoercion(RexCall call) {
    return false;
  }

  @Override
  public boolean supportsGroupByLiteral() {
    return false;
  }

  /** A constant orders nothing, and DuckDB refuses what has no effect. */
  @Override
  public boolean supportsOrderByLiteral() {
    return false;
  }

  @Override
  public boolean supportsNestedAggregations() {
    return false;
  }

  @Override
  public void quoteStringLiteral(StringBuilder buf, @Nullable String charsetName, String val) {
    buf.append('\'').append(val.replace("'", "''")).append('\'');
  }

  @Override
  public void unparseOffsetFetch(
      SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
    unparseFetchUsingLimit(writer, offset, fetch);
  }

  @Override
  public @Nullable SqlNode getCastSpec(RelDataType type) {
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(typeName(type), type.getSqlTypeName(), HERE), HERE);
  }

  /** DuckDB's name of a type. */
  static String typeName(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, UUID ->
          type.getSqlTypeName().name();
      case UTINYINT -> "UTINYINT";
      case USMALLINT -> "USMALLINT";
      case UINTEGER -> "UINTEGER";
      case UBIGINT -> "UBIGINT";
      case REAL -> "FLOAT";
      case FLOAT, DOUBLE -> "DOUBLE";
      case DECIMAL ->
          "DECIMAL("
              + Math.min(type.getPrecision(), MAX_PRECISION)
              + ", "
              + Math.max(type.getScale(), 0)
              + ")";
      case BINARY, VARBINARY -> "BLOB";
      case TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> "TIMETZ";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMPTZ";
      case INTERVAL_YEAR,
          INTERVAL_YEAR_MONTH,
          INTERVAL_MONTH,
          INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          "INTERVAL";
      case ARRAY, MULTISET -> typeName(component(type)) + "[]";
      case MAP ->
          "MAP("
              + typeName(part(type.getKeyType()))
              + ", "
              + typeName(part(type.getValueType()))
              + ")";
      case ROW, STRUCTURED -> {
        var fields = new java.util.StringJoiner(", ", "STRUCT(", ")");
        type.getFieldList()
            .forEach(
                field ->
                    fields.add(
                        INSTANCE.quoteIdentifier(field.getName())
                            + " "
                            + typeName(field.getType())));
        yield fields.toString();
      }
      case NULL -> "INTEGER";
      default -> "VARCHAR";
    };
  }

  private static RelDataType component(RelDataType type) {
    return part(type.getComponentType());
  }

  private static RelDataType part(@Nullable RelDataType type) {
    return java.util.Objects.requireNonNull(type, "type of a part is null");
  }

  /** A literal of an instant names its zone; its text is in UTC. */
  @Override
  public void unparseDateTimeLiteral(
      SqlWriter writer, SqlAbstractDateTimeLiteral literal, int leftPrec, int rightPrec) {
    String text = "'" + literal.toFormattedString();
    if (literal.getTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      writer.literal("TIMESTAMPTZ " + text + "+00'");
    } else if (literal.getTypeName() == SqlTypeName.TIMESTAMP_TZ) {
      writer.literal("TIMESTAMPTZ " + text + "'");
    } else {
      writer.literal(literal.getTypeName().getName() + " " + text + "'");
    }
  }

  @Override
  public void unparseSqlIntervalLiteral(
      SqlWriter writer, SqlIntervalLiteral literal, int leftPrec, int rightPrec) {
    writer.literal(
        DuckDbIntervals.literal(literal.getValueAs(SqlIntervalLiteral.IntervalValue.class)));
  }

  @Override
  public void unparseSqlIntervalQualifier(
      SqlWriter writer, SqlIntervalQualifier qualifier, RelDataTypeSystem typeSystem) {
    writer.keyword(qualifier.timeUnitRange.startUnit.name());
  }

  /** The value of a subquery's only row: an error if there are more, NULL if there is none. */
  @Override
  public SqlNode rewriteSingleValueExpr(SqlNode aggCall, RelDataType relDataType) {
    SqlNode value = ((SqlCall) aggCall).operand(0);
    SqlNode rows = SqlStdOperatorTable.COUNT.createCall(HERE, SqlIdentifier.star(HERE));
    SqlNode many =
        SqlStdOperatorTable.GREATER_THAN.createCall(
            HERE, rows, SqlLiteral.createExactNumeric("1", HERE));
    SqlNode error =
        function("error")
            .createCall(
                HERE,
                SqlLiteral.createCharString(
                    "More than one row returned by a subquery used as an expression", HERE));
    SqlNode any = function("any_value").createCall(HERE, value);
    return new SqlCase(HERE, null, SqlNodeList.of(many), SqlNodeList.of(error), any);
  }

  private static SqlUnresolvedFunction function(String name) {
    return new SqlUnresolvedFunction(
        new SqlIdentifier(name, HERE),
        null,
        null,
        null,
        null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    if (!DuckDbCalls.unparse(writer, call)) {
      super.unparseCall(writer, call, leftPrec, rightPrec);
    }
  }
}
