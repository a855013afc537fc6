package io.kurobe.adapters.postgres;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.IntegersOperator;
import io.kurobe.adapters.source.WrittenConformance;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlBinaryStringLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.util.BitString;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's SQL, as Calcite's dialect writes it but for what the server refuses or reads
 * otherwise: types have their names there, NULLs are placed explicitly, and literals are of the
 * type they have here.
 */
final class PostgresDialect extends PostgresqlSqlDialect {
  static final PostgresDialect INSTANCE = new PostgresDialect();

  private static final int MAX_FRACTION = 6;

  private PostgresDialect() {
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
  public void quoteStringLiteral(StringBuilder buf, @Nullable String charsetName, String val) {
    // The connection is in UTF-8; standard_conforming_strings is on.
    super.quoteStringLiteral(buf, null, val);
  }

  @Override
  public @Nullable SqlNode getCastSpec(RelDataType type) {
    String name = typeName(type);
    if (name == null) {
      return super.getCastSpec(type);
    }
    return type(name, type.getSqlTypeName());
  }

  /** The server's name of a type; null where Calcite's will do. */
  private static @Nullable String typeName(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case VARCHAR ->
          // Empty text has no other type here than VARCHAR(0), which the server does not have.
          type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED || type.getPrecision() == 0
              ? "TEXT"
              : "VARCHAR(" + Math.min(type.getPrecision(), 10_485_760) + ")";
      case CHAR -> type.getPrecision() == 0 ? "TEXT" : null;
      case TINYINT -> "SMALLINT";
      // Calcite's dialect knows 19 digits only.
      case DECIMAL -> "NUMERIC(" + type.getPrecision() + ", " + Math.max(type.getScale(), 0) + ")";
      case FLOAT, DOUBLE -> "DOUBLE PRECISION";
      case BINARY, VARBINARY -> "BYTEA";
      case UUID -> "UUID";
      case TIME -> "TIME" + fraction(type);
      case TIMESTAMP -> "TIMESTAMP" + fraction(type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMPTZ" + fraction(type);
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
      case ARRAY -> {
        RelDataType element = type.getComponentType();
        String name = element == null ? null : typeName(element);
        yield name == null ? element + "[]" : name + "[]";
      }
      default -> null;
    };
  }

  private static String fraction(RelDataType type) {
    int precision = type.getPrecision();
    return precision < 0 || precision >= MAX_FRACTION ? "" : "(" + precision + ")";
  }

  /** A literal with an exponent is a double here, but a numeric there. */
  @Override
  public void unparseNumericLiteral(SqlWriter writer, String value, int leftPrec, int rightPrec) {
    if (value.indexOf('E') < 0) {
      super.unparseNumericLiteral(writer, value, leftPrec, rightPrec);
    } else {
      writer.literal("CAST(" + value + " AS DOUBLE PRECISION)");
    }
  }

  @Override
  public void unparseDateTimeLiteral(
      SqlWriter writer, SqlAbstractDateTimeLiteral literal, int leftPrec, int rightPrec) {
    if (literal.getTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      writer.literal("TIMESTAMPTZ '" + literal.toFormattedString() + "+00'");
    } else {
      super.unparseDateTimeLiteral(writer, literal, leftPrec, rightPrec);
    }
  }

  /** A sign stands before the literal, and no field but the seconds has a precision. */
  @Override
  public void unparseSqlIntervalLiteral(
      SqlWriter writer, SqlIntervalLiteral literal, int leftPrec, int rightPrec) {
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    String text = "INTERVAL '" + value.getIntervalLiteral() + "' ";
    SqlIntervalQualifier qualifier = value.getIntervalQualifier();
    if (qualifier.getUnit() == TimeUnit.QUARTER) {
      text = "INTERVAL '" + 3 * Long.parseLong(value.getIntervalLiteral()) + "' MONTH";
    } else if (qualifier.getUnit() == TimeUnit.WEEK) {
      text = "INTERVAL '" + 7 * Long.parseLong(value.getIntervalLiteral()) + "' DAY";
    } else {
      text += qualifier.timeUnitRange.startUnit.name();
      if (qualifier.timeUnitRange.endUnit != null) {
        text += " TO " + qualifier.timeUnitRange.endUnit.name();
      }
    }
    writer.literal(value.getSign() < 0 ? "(- " + text + ")" : text);
  }

  @Override
  public void unparseSqlIntervalQualifier(
      SqlWriter writer, SqlIntervalQualifier qualifier, RelDataTypeSystem typeSystem) {
    writer.keyword(qualifier.timeUnitRange.startUnit.name());
    if (qualifier.timeUnitRange.endUnit != null) {
      writer.keyword("TO");
      writer.keyword(qualifier.timeUnitRange.endUnit.name());
    }
  }

  /** Dates differ by days there, an integer; instants by an interval. */
  @Override
  public void unparseSqlDatetimeArithmetic(
      SqlWriter writer, SqlCall call, SqlKind sqlKind, int leftPrec, int rightPrec) {
    if (sqlKind != SqlKind.MINUS || call.operand(1) instanceof SqlIntervalLiteral) {
      super.unparseSqlDatetimeArithmetic(writer, call, sqlKind, leftPrec, rightPrec);
      return;
    }
    writer.print("(CAST(");
    call.operand(0).unparse(writer, 0, 0);
    writer.print(" AS TIMESTAMP) - ");
    call.operand(1).unparse(writer, 0, 0);
    writer.print(")");
  }

  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    if (call instanceof SqlSelect select && hasBytes(select.getSelectList())) {
      select.setSelectList((SqlNodeList) requireNonNull(bytes(select.getSelectList())));
      super.unparseCall(writer, select, leftPrec, rightPrec);
    } else if (!(call instanceof SqlSelect)
        && call.getOperandList().stream().anyMatch(PostgresDialect::hasBytes)) {
      SqlNode[] operands =
          call.getOperandList().stream().map(PostgresDialect::bytes).toArray(SqlNode[]::new);
      SqlCall mended = call.getOperator().createCall(call.getParserPosition(), operands);
      mended.unparse(writer, leftPrec, rightPrec);
    } else if (isCastToDouble(call)) {
      writer.print("CAST(");
      call.operand(0).unparse(writer, 0, 0);
      writer.print(" AS DOUBLE PRECISION)");
    } else if (call.getKind() == SqlKind.EXTRACT && call.operandCount() == 2) {
      // An integer here, a numeric with the fraction of a second there.
      writer.print("CAST(FLOOR(");
      super.unparseCall(writer, call, 0, 0);
      writer.print(") AS BIGINT)");
    } else if (call.getKind() == SqlKind.FLOOR && call.operandCount() == 2) {
      // Of a date the server would make an instant, at the risk of a zone's missing midnight.
      writer.print("DATE_TRUNC('" + unit(call.operand(1)) + "', CAST(");
      call.operand(0).unparse(writer, 0, 0);
      writer.print(" AS TIMESTAMP))");
    } else if (call.getOperator() instanceof IntegersOperator integers) {
      // Read as one array, where a list is read as an expression for each.
      call.operand(0).unparse(writer, integers.getLeftPrec(), integers.getRightPrec());
      writer.print("= ANY ('{" + integers.getName() + "}')");
      writer.setNeedWhitespace(true);
    } else if (call.getOperator().getName().equals("SHA256")) {
      writer.print("ENCODE(SHA256(CONVERT_TO(");
      call.operand(0).unparse(writer, 0, 0);
      writer.print(", 'UTF8')), 'hex')");
    } else if (call.getOperator().getName().equals("TIMESTAMPDIFF")) {
      difference(writer, call);
    } else {
      super.unparseCall(writer, call, leftPrec, rightPrec);
    }
  }

  /** As Calcite writes NaN and the infinities, without asking for the type's name. */
  private static boolean isCastToDouble(SqlCall call) {
    return call.getKind() == SqlKind.CAST
        && call.operand(1) instanceof SqlDataTypeSpec spec
        && spec.getTypeName().getSimple().equals("DOUBLE");
  }

  /** How many whole units, all of one length, lie between two times. */
  private static void difference(SqlWriter writer, SqlCall call) {
    TimeUnit unit = TimeUnit.valueOf(String.valueOf(((SqlLiteral) call.operand(0)).toValue()));
    writer.print("CAST(TRUNC(EXTRACT(EPOCH FROM (");
    call.operand(2).unparse(writer, 0, 0);
    writer.print(" - ");
    call.operand(1).unparse(writer, 0, 0);
    writer.print(")) / " + unit.multiplier.divide(TimeUnit.SECOND.multiplier) + ") AS BIGINT)");
  }

  private static boolean hasBytes(@Nullable SqlNode operand) {
    return operand instanceof SqlBinaryStringLiteral
        || (operand instanceof SqlNodeList list
            && list.stream().anyMatch(PostgresDialect::hasBytes));
  }

  /** X'…' is a string of bits there. */
  private static @Nullable SqlNode bytes(@Nullable SqlNode operand) {
    if (operand instanceof SqlNodeList list) {
      return new SqlNodeList(
          list.stream().map(PostgresDialect::bytes).collect(Collectors.toList()),
          list.getParserPosition());
    }
    if (!(operand instanceof SqlBinaryStringLiteral literal)) {
      return operand;
    }
    String hex = literal.getValueAs(BitString.class).toHexString();
    return SqlStdOperatorTable.CAST.createCall(
        SqlParserPos.ZERO,
        SqlLiteral.createCharString("\\x" + hex, SqlParserPos.ZERO),
        type("BYTEA", SqlTypeName.VARBINARY));
  }

  private static SqlDataTypeSpec type(String name, SqlTypeName type) {
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(name, type, SqlParserPos.ZERO), SqlParserPos.ZERO);
  }

  /** The unit that a parsed call has as a qualifier, one from a tree as a symbol. */
  private static @Nullable String unit(SqlNode operand) {
    return operand instanceof SqlIntervalQualifier qualifier
        ? qualifier.timeUnitRange.name()
        : ((SqlLiteral) operand).toValue();
  }
}
