package io.kurobe.server.avatica;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.PlannedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.Meta.CursorFactory;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementType;

/** What Avatica calls a signature: a statement's columns and parameters as JDBC shows them. */
public final class Signatures {
  private Signatures() {}

  /**
   * The signature of a statement.
   *
   * @param columns its own, or those of an execution where only that knows them
   */
  public static Signature of(
      String sql, PlannedStatement planned, List<SqlType.Field> columns, WireForm form) {
    List<AvaticaParameter> parameters = new ArrayList<>();
    for (int i = 0; i < planned.parameters().size(); i++) {
      parameters.add(ColumnTypes.parameter(i + 1, planned.parameters().get(i), form));
    }
    StatementType type =
        planned.kind() == PlannedStatement.Kind.COMMAND
            ? StatementType.OTHER_DDL
            : StatementType.SELECT;
    return new Signature(
        ColumnTypes.columns(columns, planned.origins(), form),
        sql,
        parameters,
        Map.of(),
        CursorFactory.ARRAY,
        type);
  }
}
