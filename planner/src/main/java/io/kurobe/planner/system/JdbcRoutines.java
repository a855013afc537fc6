package io.kurobe.planner.system;

import static io.kurobe.planner.system.JdbcRelation.empty;
import static io.kurobe.planner.system.SystemTable.column;

import io.kurobe.adapters.type.SqlType;
import java.util.List;

/**
 * {@code system.jdbc}: procedures and functions that stand in a schema. Those of the sources cannot
 * be called through Kurobe, and its own stand in no schema: the driver's four lists name them.
 */
final class JdbcRoutines {
  private JdbcRoutines() {}

  static List<JdbcRelation> all() {
    return List.of(
        empty(
            "procedures",
            "procedures that can be called; there are none",
            column("procedure_cat", SqlType.VARCHAR),
            column("procedure_schem", SqlType.VARCHAR),
            column("procedure_name", SqlType.VARCHAR),
            column("reserved1", SqlType.VARCHAR),
            column("reserved2", SqlType.VARCHAR),
            column("reserved3", SqlType.VARCHAR),
            column("remarks", SqlType.VARCHAR),
            column("procedure_type", SqlType.SMALLINT),
            column("specific_name", SqlType.VARCHAR)),
        empty(
            "procedure_columns",
            "parameters and results of procedures; there are none",
            column("procedure_cat", SqlType.VARCHAR),
            column("procedure_schem", SqlType.VARCHAR),
            column("procedure_name", SqlType.VARCHAR),
            column("column_name", SqlType.VARCHAR),
            column("column_type", SqlType.SMALLINT),
            column("data_type", SqlType.INTEGER),
            column("type_name", SqlType.VARCHAR),
            column("precision", SqlType.INTEGER),
            column("length", SqlType.INTEGER),
            column("scale", SqlType.SMALLINT),
            column("radix", SqlType.SMALLINT),
            column("nullable", SqlType.SMALLINT),
            column("remarks", SqlType.VARCHAR),
            column("column_def", SqlType.VARCHAR),
            column("sql_data_type", SqlType.INTEGER),
            column("sql_datetime_sub", SqlType.INTEGER),
            column("char_octet_length", SqlType.INTEGER),
            column("ordinal_position", SqlType.INTEGER),
            column("is_nullable", SqlType.VARCHAR),
            column("specific_name", SqlType.VARCHAR)),
        empty(
            "functions",
            "functions that stand in a schema; there are none",
            column("function_cat", SqlType.VARCHAR),
            column("function_schem", SqlType.VARCHAR),
            column("function_name", SqlType.VARCHAR),
            column("remarks", SqlType.VARCHAR),
            column("function_type", SqlType.SMALLINT),
            column("specific_name", SqlType.VARCHAR)),
        empty(
            "function_columns",
            "parameters and results of functions; there are none",
            column("function_cat", SqlType.VARCHAR),
            column("function_schem", SqlType.VARCHAR),
            column("function_name", SqlType.VARCHAR),
            column("column_name", SqlType.VARCHAR),
            column("column_type", SqlType.SMALLINT),
            column("data_type", SqlType.INTEGER),
            column("type_name", SqlType.VARCHAR),
            column("precision", SqlType.INTEGER),
            column("length", SqlType.INTEGER),
            column("scale", SqlType.SMALLINT),
            column("radix", SqlType.SMALLINT),
            column("nullable", SqlType.SMALLINT),
            column("remarks", SqlType.VARCHAR),
            column("char_octet_length", SqlType.INTEGER),
            column("ordinal_position", SqlType.INTEGER),
            column("is_nullable", SqlType.VARCHAR),
            column("specific_name", SqlType.VARCHAR)));
  }
}
