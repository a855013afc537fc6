package io.kurobe.planner.bind;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, but for a SELECT list in which two columns have one label. What BI tools
 * wrap often is such a query, and a star over it must not be ambiguous: the columns are given names
 * of their own, as {@code id:1} and {@code id:2}, and {@link #label} knows what they were. A
 * reference to {@code id} itself stays an error.
 */
final class LabelValidator extends SqlValidatorImpl {
  private final Map<String, String> labels = new HashMap<>();
  private final Set<String> shared = new HashSet<>();

  /** The types of parameters by their index, which copies of one share. */
  private final Map<Integer, RelDataType> told = new HashMap<>();

  LabelValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader reader,
      RelDataTypeFactory typeFactory,
      Config config) {
    super(operators, reader, typeFactory, config);
  }

  /** The label that the author of the query gave a column. */
  String label(String name) {
    return labels.getOrDefault(name, name);
  }

  /** The labels that several columns share. */
  Set<String> sharedLabels() {
    return shared;
  }

  /** Sums and differences of dates get the operator that their operands' types ask for. */
  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
    if (expression instanceof SqlCall call && ParameterTypes.mayTell(call)) {
      composed(scope, call);
    }
    if (expression instanceof SqlBasicCall call
        && (call.getOperator() == SqlStdOperatorTable.PLUS
            || call.getOperator() == SqlStdOperatorTable.MINUS)) {
      DateArithmetic.of(
              call, deriveType(scope, call.operand(0)), deriveType(scope, call.operand(1)))
          .ifPresent(call::setOperator);
    }
    return super.deriveType(scope, expression);
  }

  /** Whether a call gives one of its operands, a parameter, the type that it has there. */
  private boolean composed(SqlValidatorScope scope, SqlCall call) {
    return new ComposedParameters(
            typeFactory,
            operand -> deriveType(scope, operand),
            parameter -> Optional.ofNullable(told.get(parameter.getIndex())))
        .tell(
            call,
            (parameter, type) -> {
              told.put(parameter.getIndex(), type);
              setValidatedNodeType(parameter, type);
            });
  }

  /** The types of the parameters in their order; of one that was copied, once. */
  List<RelDataType> parameterTypes(SqlNode query) {
    TreeMap<Integer, RelDataType> types = new TreeMap<>();
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            types.put(
                parameter.getIndex(),
                told.getOrDefault(parameter.getIndex(), getValidatedNodeType(parameter)));
            return null;
          }
        });
    List<RelDataType> all = new ArrayList<>();
    for (int i = 0; !types.isEmpty() && i <= types.lastKey(); i++) {
      all.add(types.getOrDefault(i, ParameterTypes.text(typeFactory)));
    }
    return all;
  }

  /** Parameters have a type wherever they stand. */
  @Override
  protected void inferUnknownTypes(
      RelDataType inferred, SqlValidatorScope scope, SqlNode expression) {
    if (expression instanceof SqlDynamicParam parameter) {
      RelDataType known = told.getOrDefault(parameter.getIndex(), inferred);
      RelDataType type =
          inferred.equals(unknownType) || inferred.getSqlTypeName() == SqlTypeName.CHAR
              ? known
              : inferred;
      if (type.equals(unknownType)) {
        type = ParameterTypes.text(typeFactory);
      }
      super.inferUnknownTypes(type, scope, parameter);
      told.put(parameter.getIndex(), getValidatedNodeType(parameter));
      return;
    }
    if ((expression.getKind() == SqlKind.IS_NULL || expression.getKind() == SqlKind.IS_NOT_NULL)
        && ((SqlCall) expression).operand(0) instanceof SqlDynamicParam parameter
        && told.containsKey(parameter.getIndex())) {
      // COALESCE asks it of a copy of one of its values.
      setValidatedNodeType(parameter, told.get(parameter.getIndex()));
      return;
    }
    if (expression instanceof SqlNodeList list
        && inferred.isStruct()
        && ParameterTypes.isRows(list)) {
      // Calcite gives the first row the type of the first part.
      for (SqlNode row : list) {
        List<SqlNode> parts = ((SqlCall) row).getOperandList();
        for (int i = 0; i < Math.min(parts.size(), inferred.getFieldCount()); i++) {
          inferUnknownTypes(inferred.getFieldList().get(i).getType(), scope, parts.get(i));
        }
      }
      return;
    }
    if (expression instanceof SqlCall call
        && ParameterTypes.mayTell(call)
        && composed(scope, call)) {
      for (SqlNode operand : ComposedParameters.others(call)) {
        inferUnknownTypes(unknownType, scope, operand);
      }
      return;
    }
    if (expression instanceof SqlCall call && ParameterTypes.mayTell(call)) {
      ParameterTypes types = new ParameterTypes(typeFactory, operand -> deriveType(scope, operand));
      if (types.isTimeAndInterval(call)) {
        for (SqlNode operand : call.getOperandList()) {
          boolean parameter = operand instanceof SqlDynamicParam;
          inferUnknownTypes(parameter ? types.timestamp() : unknownType, scope, operand);
        }
        return;
      }
      types.tell(
          call,
          (parameter, type) -> {
            if (told.putIfAbsent(parameter.getIndex(), type) == null) {
              setValidatedNodeType(parameter, type);
            }
          });
    }
    super.inferUnknownTypes(inferred, scope, expression);
  }

  @Override
  protected RelDataType validateSelectList(
      SqlNodeList items, SqlSelect select, RelDataType targetRowType) {
    RelDataType rowType = super.validateSelectList(items, select, targetRowType);
    List<String> names = rowType.getFieldNames();
    if (new HashSet<>(names).size() == names.size()) {
      return rowType;
    }
    SqlNodeList expanded = select.getSelectList();
    List<String> distinct = new ArrayList<>();
    List<SqlNode> renamed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (names.indexOf(name) == names.lastIndexOf(name)) {
        distinct.add(name);
        renamed.add(expanded.get(i));
      } else {
        String own = own(name, names, distinct);
        distinct.add(own);
        renamed.add(as(select, expanded.get(i), own));
      }
    }
    select.setSelectList(new SqlNodeList(renamed, expanded.getParserPosition()));
    requireNonNull(getRawSelectScope(select)).setExpandedSelectList(renamed);
    return typeFactory.createStructType(
        rowType.getFieldList().stream().map(field -> field.getType()).toList(), distinct);
  }

  private String own(String name, List<String> names, List<String> distinct) {
    shared.add(name);
    int number = 1;
    while (names.contains(name + ":" + number) || distinct.contains(name + ":" + number)) {
      number++;
    }
    labels.put(name + ":" + number, label(name));
    return name + ":" + number;
  }

  private SqlNode as(SqlSelect select, SqlNode item, String name) {
    SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    SqlParserPos position = item.getParserPosition();
    SqlNode named =
        new SqlBasicCall(
            SqlStdOperatorTable.AS, List.of(value, new SqlIdentifier(name, position)), position);
    deriveType(getSelectScope(select), named);
    return named;
  }
}
