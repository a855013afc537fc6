package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.WrittenConformance;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.TrinoSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformance;
import org.jspecify.annotations.Nullable;

/** Trino's SQL, as Calcite's dialect writes it but for what Trino refuses or reads otherwise. */
final class TrinoDialect extends TrinoSqlDialect {
  static final TrinoDialect INSTANCE = new TrinoDialect();

  private static final int MAX_PRECISION = 38;

  private TrinoDialect() {
    super(DEFAULT_CONTEXT.withDataTypeSystem(TYPE_SYSTEM));
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
  public @Nullable SqlNode emulateNullDirection(SqlNode node, boolean nullsFirst, boolean desc) {
    return null;
  }

  /** A text becomes nothing else there by itself, so no cast of one is left out. */
  @Override
  public boolean supportsImplicitTypeCoercion(RexCall call) {
    return false;
  }

  @Override
  public boolean supportsGroupByLiteral() {
    return false;
  }

  @Override
  public boolean supportsGroupByWithRollup() {
    return false;
  }

  @Override
  public boolean supportsGroupByWithCube() {
    return false;
  }

  @Override
  public void quoteStringLiteral(StringBuilder buf, @Nullable String charsetName, String val) {
    buf.append('\'').append(val.replace("'", "''")).append('\'');
  }

  @Override
  public @Nullable SqlNode getCastSpec(RelDataType type) {
    String name = typeName(type);
    if (name == null) {
      return super.getCastSpec(type);
    }
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO),
        SqlParserPos.ZERO);
  }

  /** Trino's name of a type; null where Calcite's will do. */
  private static @Nullable String typeName(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case VARCHAR -> type.getPrecision() > 0 ? "VARCHAR(" + type.getPrecision() + ")" : "VARCHAR";
      case UUID -> "UUID";
      case FLOAT, DOUBLE -> "DOUBLE";
      case DECIMAL ->
          "DECIMAL("
              + Math.min(type.getPrecision(), MAX_PRECISION)
              + ", "
              + Math.max(type.getScale(), 0)
              + ")";
      case BINARY, VARBINARY -> "VARBINARY";
      case TIME -> "TIME(6)";
      case TIMESTAMP -> "TIMESTAMP(6)";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMP(6) WITH TIME ZONE";
      default -> null;
    };
  }

  @Override
  public void unparseDateTimeLiteral(
      SqlWriter writer, SqlAbstractDateTimeLiteral literal, int leftPrec, int rightPrec) {
    if (literal.getTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      writer.literal("TIMESTAMP '" + literal.toFormattedString() + " UTC'");
    } else {
      super.unparseDateTimeLiteral(writer, literal, leftPrec, rightPrec);
    }
  }

  /** A tree made from a plan counts weeks in days and quarters in months. */
  @Override
  public void unparseSqlIntervalLiteral(
      SqlWriter writer, SqlIntervalLiteral literal, int leftPrec, int rightPrec) {
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    SqlIntervalQualifier qualifier = value.getIntervalQualifier();
    String text =
        "INTERVAL "
            + (value.getSign() < 0 ? "-" : "")
            + quoteStringLiteral(value.getIntervalLiteral())
            + " ";
    writer.literal(text + units(qualifier));
  }

  private static String units(SqlIntervalQualifier qualifier) {
    TimeUnit start = qualifier.timeUnitRange.startUnit;
    TimeUnit end = qualifier.timeUnitRange.endUnit;
    String first =
        start == TimeUnit.WEEK ? "DAY" : start == TimeUnit.QUARTER ? "MONTH" : start.name();
    return end == null || end == start ? first : first + " TO " + end.name();
  }

  @Override
  public void unparseSqlIntervalQualifier(
      SqlWriter writer, SqlIntervalQualifier qualifier, RelDataTypeSystem typeSystem) {
    // Also the unit of EXTRACT, which may be any.
    TimeUnit end = qualifier.timeUnitRange.endUnit;
    writer.keyword(qualifier.timeUnitRange.startUnit.name());
    if (end != null) {
      writer.keyword("TO " + end.name());
    }
  }

  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    if (call.getKind() == SqlKind.LIKE && call.operandCount() == 2 && mayEscape(call.operand(1))) {
      // Without ESCAPE nothing escapes in Trino, but a backslash does here.
      writer.print("(");
      call.operand(0).unparse(writer, 0, 0);
      writer.print(" " + call.getOperator().getName() + " ");
      call.operand(1).unparse(writer, 0, 0);
      writer.print(" ESCAPE '\\')");
    } else if (call.getOperator().getName().equals("SHA256")) {
      writer.print("LOWER(TO_HEX(SHA256(TO_UTF8(");
      call.operand(0).unparse(writer, 0, 0);
      writer.print("))))");
    } else {
      super.unparseCall(writer, call, leftPrec, rightPrec);
    }
  }

  private static boolean mayEscape(SqlNode pattern) {
    return !(pattern instanceof SqlLiteral literal)
        || literal.getTypeName() != SqlTypeName.CHAR
        || String.valueOf(literal.getValueAs(String.class)).contains("\\");
  }
}
