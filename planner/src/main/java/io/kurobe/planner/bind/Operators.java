package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** The operators and functions of Kurobe's SQL: the standard's and PostgreSQL's. */
final class Operators {
  /** Those whose result Calcite gives the type of an average, which cuts their digits. */
  private static final List<SqlOperator> DEVIATIONS =
      List.of(
          deviation("STDDEV", SqlKind.STDDEV_SAMP),
          deviation("STDDEV_SAMP", SqlKind.STDDEV_SAMP),
          deviation("STDDEV_POP", SqlKind.STDDEV_POP),
          deviation("VARIANCE", SqlKind.VAR_SAMP),
          deviation("VAR_SAMP", SqlKind.VAR_SAMP),
          deviation("VAR_POP", SqlKind.VAR_POP));

  /** A number may round to one with a digit more: 9.9 to 10. */
  private static final SqlOperator ROUND =
      ((SqlBasicFunction) SqlStdOperatorTable.ROUND).withReturnTypeInference(Operators::rounded);

  /** What lies between two whole numbers is none; Calcite gives it the type of what is sorted. */
  static final SqlOperator PERCENTILE =
      SqlBasicAggFunction.create(
              SqlKind.PERCENTILE_CONT,
              Operators::between,
              OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
          .withFunctionType(SqlFunctionCategory.SYSTEM)
          .withGroupOrder(Optionality.MANDATORY)
          .withPercentile(true)
          .withAllowsFraming(false);

  private static final List<SqlOperator> OWN =
      Stream.concat(DEVIATIONS.stream(), Stream.of(ROUND, PERCENTILE)).toList();

  static final SqlOperatorTable TABLE =
      SqlOperatorTables.chain(
          SqlOperatorTables.of(OWN),
          new Without(
              SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
                  EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)),
              OWN));

  private Operators() {}

  /** A table without what others replace. */
  private record Without(SqlOperatorTable table, List<SqlOperator> replaced)
      implements SqlOperatorTable {
    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        @Nullable SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher matcher) {
      List<SqlOperator> all = new ArrayList<>();
      table.lookupOperatorOverloads(name, category, syntax, all, matcher);
      all.stream().filter(this::isKept).forEach(found::add);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return table.getOperatorList().stream().filter(this::isKept).toList();
    }

    private boolean isKept(SqlOperator operator) {
      // Of catalogs there are many, and none is the current one.
      return !operator.getName().equals("CURRENT_CATALOG")
          && replaced.stream().noneMatch(other -> other.getName().equals(operator.getName()));
    }
  }

  private static RelDataType rounded(SqlOperatorBinding call) {
    RelDataType type = ReturnTypes.ARG0_NULLABLE.inferReturnType(call);
    if (type.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return type;
    }
    RelDataTypeFactory factory = call.getTypeFactory();
    int most = factory.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL);
    return factory.createTypeWithNullability(
        factory.createSqlType(
            SqlTypeName.DECIMAL, Math.min(type.getPrecision() + 1, most), type.getScale()),
        type.isNullable());
  }

  private static RelDataType between(SqlOperatorBinding call) {
    RelDataType sorted = ReturnTypes.PERCENTILE_DISC_CONT.inferReturnType(call);
    if (!SqlTypeUtil.isNumeric(sorted)) {
      return sorted;
    }
    RelDataTypeFactory factory = call.getTypeFactory();
    return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.DOUBLE), true);
  }

  private static SqlOperator deviation(String name, SqlKind kind) {
    return SqlBasicAggFunction.create(
            name,
            kind,
            ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
            OperandTypes.NUMERIC)
        .withFunctionType(SqlFunctionCategory.NUMERIC);
  }
}
