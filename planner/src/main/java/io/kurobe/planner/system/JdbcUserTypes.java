package io.kurobe.planner.system;

import static io.kurobe.planner.system.JdbcRelation.empty;
import static io.kurobe.planner.system.SystemTable.column;

import io.kurobe.adapters.type.SqlType;
import java.util.List;

/**
 * {@code system.jdbc}: what types and tables there are made by users out of others. A source's own
 * types are read as those of {@code type_info}, so there is nothing of the kind.
 */
final class JdbcUserTypes {
  private JdbcUserTypes() {}

  static List<JdbcRelation> all() {
    return List.of(
        empty(
            "udts",
            "types that users made; there are none",
            column("type_cat", SqlType.VARCHAR),
            column("type_schem", SqlType.VARCHAR),
            column("type_name", SqlType.VARCHAR),
            column("class_name", SqlType.VARCHAR),
            column("data_type", SqlType.INTEGER),
            column("remarks", SqlType.VARCHAR),
            column("base_type", SqlType.SMALLINT)),
        empty(
            "attributes",
            "fields of types that users made; there are none",
            column("type_cat", SqlType.VARCHAR),
            column("type_schem", SqlType.VARCHAR),
            column("type_name", SqlType.VARCHAR),
            column("attr_name", SqlType.VARCHAR),
            column("data_type", SqlType.INTEGER),
            column("attr_type_name", SqlType.VARCHAR),
            column("attr_size", SqlType.INTEGER),
            column("decimal_digits", SqlType.INTEGER),
            column("num_prec_radix", SqlType.INTEGER),
            column("nullable", SqlType.INTEGER),
            column("remarks", SqlType.VARCHAR),
            column("attr_def", SqlType.VARCHAR),
            column("sql_data_type", SqlType.INTEGER),
            column("sql_datetime_sub", SqlType.INTEGER),
            column("char_octet_length", SqlType.INTEGER),
            column("ordinal_position", SqlType.INTEGER),
            column("is_nullable", SqlType.VARCHAR),
            column("scope_catalog", SqlType.VARCHAR),
            column("scope_schema", SqlType.VARCHAR),
            column("scope_table", SqlType.VARCHAR),
            column("source_data_type", SqlType.SMALLINT)),
        empty(
            "super_types",
            "types that others are made of; there are none",
            column("type_cat", SqlType.VARCHAR),
            column("type_schem", SqlType.VARCHAR),
            column("type_name", SqlType.VARCHAR),
            column("supertype_cat", SqlType.VARCHAR),
            column("supertype_schem", SqlType.VARCHAR),
            column("supertype_name", SqlType.VARCHAR)),
        empty(
            "super_tables",
            "tables that others are made of; none are known",
            column("table_cat", SqlType.VARCHAR),
            column("table_schem", SqlType.VARCHAR),
            column("table_name", SqlType.VARCHAR),
            column("supertable_name", SqlType.VARCHAR)),
        empty(
            "version_columns",
            "columns that change with their row; none are known",
            column("scope", SqlType.SMALLINT),
            column("column_name", SqlType.VARCHAR),
            column("data_type", SqlType.INTEGER),
            column("type_name", SqlType.VARCHAR),
            column("column_size", SqlType.INTEGER),
            column("buffer_length", SqlType.INTEGER),
            column("decimal_digits", SqlType.SMALLINT),
            column("pseudo_column", SqlType.SMALLINT)),
        empty(
            "pseudo_columns",
            "columns that * leaves out; there are none",
            column("table_cat", SqlType.VARCHAR),
            column("table_schem", SqlType.VARCHAR),
            column("table_name", SqlType.VARCHAR),
            column("column_name", SqlType.VARCHAR),
            column("data_type", SqlType.INTEGER),
            column("column_size", SqlType.INTEGER),
            column("decimal_digits", SqlType.INTEGER),
            column("num_prec_radix", SqlType.INTEGER),
            column("column_usage", SqlType.VARCHAR),
            column("remarks", SqlType.VARCHAR),
            column("char_octet_length", SqlType.INTEGER),
            column("is_nullable", SqlType.VARCHAR)));
  }
}
