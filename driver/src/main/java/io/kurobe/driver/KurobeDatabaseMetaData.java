package io.kurobe.driver;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.calcite.avatica.AvaticaConnection;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells of the catalog, as the connection's user may see it: SQL over {@code
 * system.jdbc}, for which no source is asked. A server of another make that speaks Avatica's
 * protocol alone is asked by the messages that this has for some questions.
 */
final class KurobeDatabaseMetaData extends ServerAbilities {
  private static final String[] FOREIGN_KEYS = {
    "PKTABLE_CAT",
    "PKTABLE_SCHEM",
    "PKTABLE_NAME",
    "PKCOLUMN_NAME",
    "FKTABLE_CAT",
    "FKTABLE_SCHEM",
    "FKTABLE_NAME",
    "FKCOLUMN_NAME",
    "KEY_SEQ",
    "UPDATE_RULE",
    "DELETE_RULE",
    "FK_NAME",
    "PK_NAME",
    "DEFERRABILITY"
  };

  private final KurobeConnection connection;

  KurobeDatabaseMetaData(AvaticaConnection connection) {
    super(connection);
    this.connection = (KurobeConnection) connection;
  }

  private ResultSet ask(MetadataQuery query) throws SQLException {
    return ask(() -> query.ask(connection));
  }

  /** Asks a server of other makes by the message that Avatica has for the question. */
  private ResultSet ask(MetadataQuery query, Callable<ResultSet> message) throws SQLException {
    return connection.columnar().isPresent() ? ask(query) : ask(message);
  }

  private ResultSet ask(Callable<ResultSet> question) throws SQLException {
    connection.checkOpen();
    try {
      return question.call();
    } catch (Exception e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return ask(
        MetadataQuery.over("catalogs").columns("TABLE_CAT").orderBy("table_cat"),
        super::getCatalogs);
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("schemas")
            .columns("TABLE_SCHEM", "TABLE_CATALOG")
            .name("table_catalog", catalog)
            .pattern("table_schem", schemaPattern)
            .orderBy("table_catalog, table_schem"),
        () -> super.getSchemas(catalog, schemaPattern));
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    String[] named =
        types == null ? null : Stream.of(types).filter(Objects::nonNull).toArray(String[]::new);
    return ask(
        MetadataQuery.over("tables")
            .columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS")
            .columns("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "SELF_REFERENCING_COL_NAME")
            .columns("REF_GENERATION")
            .name("table_cat", catalog)
            .pattern("table_schem", schemaPattern)
            .pattern("table_name", tablePattern)
            .oneOf("table_type", named)
            .orderBy("table_type, table_cat, table_schem, table_name"),
        () -> super.getTables(catalog, schemaPattern, tablePattern, named));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return ask(
        MetadataQuery.over("table_types").columns("TABLE_TYPE").orderBy("table_type"),
        super::getTableTypes);
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    return ask(
        MetadataQuery.over("type_info")
            .columns("TYPE_NAME", "DATA_TYPE", "PRECISION", "LITERAL_PREFIX", "LITERAL_SUFFIX")
            .columns("CREATE_PARAMS", "NULLABLE", "CASE_SENSITIVE", "SEARCHABLE")
            .columns("UNSIGNED_ATTRIBUTE", "FIXED_PREC_SCALE", "AUTO_INCREMENT")
            .columns("LOCAL_TYPE_NAME", "MINIMUM_SCALE", "MAXIMUM_SCALE", "SQL_DATA_TYPE")
            .columns("SQL_DATETIME_SUB", "NUM_PREC_RADIX")
            .orderBy("data_type, position"),
        super::getTypeInfo);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("columns")
            .columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "DATA_TYPE")
            .columns("TYPE_NAME", "COLUMN_SIZE", "BUFFER_LENGTH", "DECIMAL_DIGITS")
            .columns("NUM_PREC_RADIX", "NULLABLE", "REMARKS", "COLUMN_DEF", "SQL_DATA_TYPE")
            .columns("SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION", "IS_NULLABLE")
            .columns("SCOPE_CATALOG", "SCOPE_SCHEMA", "SCOPE_TABLE", "SOURCE_DATA_TYPE")
            .columns("IS_AUTOINCREMENT", "IS_GENERATEDCOLUMN")
            .name("table_cat", catalog)
            .pattern("table_schem", schemaPattern)
            .pattern("table_name", tablePattern)
            .pattern("column_name", columnPattern)
            .orderBy("table_cat, table_schem, table_name, ordinal_position"),
        () -> super.getColumns(catalog, schemaPattern, tablePattern, columnPattern));
  }

  @Override
  public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return ask(
        MetadataQuery.over("primary_keys")
            .columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME")
            .name("table_cat", catalog)
            .name("table_schem", schema)
            .name("table_name", table)
            .orderBy("column_name"));
  }

  @Override
  public ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return ask(
        MetadataQuery.over("foreign_keys")
            .columns(FOREIGN_KEYS)
            .name("fktable_cat", catalog)
            .name("fktable_schem", schema)
            .name("fktable_name", table)
            .orderBy("pktable_cat, pktable_schem, pktable_name, key_seq, fk_name"));
  }

  @Override
  public ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return ask(
        MetadataQuery.over("foreign_keys")
            .columns(FOREIGN_KEYS)
            .name("pktable_cat", catalog)
            .name("pktable_schem", schema)
            .name("pktable_name", table)
            .orderBy("fktable_cat, fktable_schem, fktable_name, key_seq, fk_name"));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      String foreignTable)
      throws SQLException {
    return ask(
        MetadataQuery.over("foreign_keys")
            .columns(FOREIGN_KEYS)
            .name("pktable_cat", parentCatalog)
            .name("pktable_schem", parentSchema)
            .name("pktable_name", parentTable)
            .name("fktable_cat", foreignCatalog)
            .name("fktable_schem", foreignSchema)
            .name("fktable_name", foreignTable)
            .orderBy("fktable_cat, fktable_schem, fktable_name, key_seq, fk_name"));
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    MetadataQuery query =
        MetadataQuery.over("indexes")
            .columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "NON_UNIQUE", "INDEX_QUALIFIER")
            .columns("INDEX_NAME", "TYPE", "ORDINAL_POSITION", "COLUMN_NAME", "ASC_OR_DESC")
            .columns("CARDINALITY", "PAGES", "FILTER_CONDITION")
            .name("table_cat", catalog)
            .name("table_schem", schema)
            .name("table_name", table)
            .orderBy("non_unique, \"type\", index_name, ordinal_position");
    return ask(unique ? query.where("NOT non_unique") : query);
  }

  /** Primary keys: they name a row for as long as it is there. */
  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog, @Nullable String schema, String table, int scope, boolean nullable)
      throws SQLException {
    return ask(
        MetadataQuery.over(
                "primary_keys k JOIN system.jdbc.columns c ON c.table_cat = k.table_cat"
                    + " AND c.table_schem = k.table_schem AND c.table_name = k.table_name"
                    + " AND c.column_name = k.column_name")
            .column("SCOPE", smallint(DatabaseMetaData.bestRowSession))
            .column("COLUMN_NAME", "c.column_name")
            .column("DATA_TYPE", "c.data_type")
            .column("TYPE_NAME", "c.type_name")
            .column("COLUMN_SIZE", "c.column_size")
            .column("BUFFER_LENGTH", "c.buffer_length")
            .column("DECIMAL_DIGITS", "CAST(c.decimal_digits AS SMALLINT)")
            .column("PSEUDO_COLUMN", smallint(DatabaseMetaData.bestRowNotPseudo))
            .name("k.table_cat", catalog)
            .name("k.table_schem", schema)
            .name("k.table_name", table)
            .name("c.table_name", table)
            .orderBy("k.key_seq"));
  }

  private static String smallint(int value) {
    return "CAST(" + value + " AS SMALLINT)";
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, String table) throws SQLException {
    return ask(
        MetadataQuery.over("version_columns")
            .columns("SCOPE", "COLUMN_NAME", "DATA_TYPE", "TYPE_NAME", "COLUMN_SIZE")
            .columns("BUFFER_LENGTH", "DECIMAL_DIGITS", "PSEUDO_COLUMN"));
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("pseudo_columns")
            .columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "DATA_TYPE")
            .columns("COLUMN_SIZE", "DECIMAL_DIGITS", "NUM_PREC_RADIX", "COLUMN_USAGE", "REMARKS")
            .columns("CHAR_OCTET_LENGTH", "IS_NULLABLE")
            .name("table_cat", catalog)
            .pattern("table_schem", schemaPattern)
            .pattern("table_name", tablePattern)
            .pattern("column_name", columnPattern)
            .orderBy("table_cat, table_schem, table_name, column_name"));
  }

  /** Whoever sees a table may read it, and nobody may do anything else with it. */
  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return ask(
        privilege(MetadataQuery.over("tables").columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME"))
            .name("table_cat", catalog)
            .pattern("table_schem", schemaPattern)
            .pattern("table_name", tablePattern)
            .orderBy("table_cat, table_schem, table_name"));
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      @Nullable String columnPattern)
      throws SQLException {
    return ask(
        privilege(
                MetadataQuery.over("columns")
                    .columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME"))
            .name("table_cat", catalog)
            .name("table_schem", schema)
            .name("table_name", table)
            .pattern("column_name", columnPattern)
            .orderBy("column_name"));
  }

  private MetadataQuery privilege(MetadataQuery query) throws SQLException {
    String user = getUserName();
    return query
        .column("GRANTOR", "CAST(NULL AS VARCHAR)")
        .column("GRANTEE", user == null ? "'PUBLIC'" : MetadataQuery.text(user))
        .column("PRIVILEGE", "'SELECT'")
        .column("IS_GRANTABLE", "'NO'");
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("procedures")
            .columns("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME")
            .columns("RESERVED1", "RESERVED2", "RESERVED3")
            .columns("REMARKS", "PROCEDURE_TYPE", "SPECIFIC_NAME")
            .name("procedure_cat", catalog)
            .pattern("procedure_schem", schemaPattern)
            .pattern("procedure_name", namePattern)
            .orderBy("procedure_cat, procedure_schem, procedure_name, specific_name"));
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("procedure_columns")
            .columns("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME", "COLUMN_NAME")
            .columns("COLUMN_TYPE", "DATA_TYPE", "TYPE_NAME", "PRECISION", "LENGTH", "SCALE")
            .columns("RADIX", "NULLABLE", "REMARKS", "COLUMN_DEF", "SQL_DATA_TYPE")
            .columns("SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION", "IS_NULLABLE")
            .columns("SPECIFIC_NAME")
            .name("procedure_cat", catalog)
            .pattern("procedure_schem", schemaPattern)
            .pattern("procedure_name", namePattern)
            .pattern("column_name", columnPattern)
            .orderBy("procedure_cat, procedure_schem, procedure_name, specific_name"));
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("functions")
            .columns("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
            .columns("FUNCTION_TYPE", "SPECIFIC_NAME")
            .name("function_cat", catalog)
            .pattern("function_schem", schemaPattern)
            .pattern("function_name", namePattern)
            .orderBy("function_cat, function_schem, function_name, specific_name"));
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("function_columns")
            .columns("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "COLUMN_NAME")
            .columns("COLUMN_TYPE", "DATA_TYPE", "TYPE_NAME", "PRECISION", "LENGTH", "SCALE")
            .columns("RADIX", "NULLABLE", "REMARKS", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
            .columns("IS_NULLABLE", "SPECIFIC_NAME")
            .name("function_cat", catalog)
            .pattern("function_schem", schemaPattern)
            .pattern("function_name", namePattern)
            .pattern("column_name", columnPattern)
            .orderBy("function_cat, function_schem, function_name, specific_name"));
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      int @Nullable [] types)
      throws SQLException {
    return ask(
        MetadataQuery.over("udts")
            .columns("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME", "DATA_TYPE", "REMARKS")
            .columns("BASE_TYPE")
            .name("type_cat", catalog)
            .pattern("type_schem", schemaPattern)
            .pattern("type_name", typePattern)
            .orderBy("data_type, type_cat, type_schem, type_name"));
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      @Nullable String attributePattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("attributes")
            .columns("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "ATTR_NAME", "DATA_TYPE")
            .columns("ATTR_TYPE_NAME", "ATTR_SIZE", "DECIMAL_DIGITS", "NUM_PREC_RADIX")
            .columns("NULLABLE", "REMARKS", "ATTR_DEF", "SQL_DATA_TYPE", "SQL_DATETIME_SUB")
            .columns("CHAR_OCTET_LENGTH", "ORDINAL_POSITION", "IS_NULLABLE", "SCOPE_CATALOG")
            .columns("SCOPE_SCHEMA", "SCOPE_TABLE", "SOURCE_DATA_TYPE")
            .name("type_cat", catalog)
            .pattern("type_schem", schemaPattern)
            .pattern("type_name", typePattern)
            .pattern("attr_name", attributePattern)
            .orderBy("type_cat, type_schem, type_name, ordinal_position"));
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String typePattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("super_types")
            .columns("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME")
            .columns("SUPERTYPE_CAT", "SUPERTYPE_SCHEM", "SUPERTYPE_NAME")
            .name("type_cat", catalog)
            .pattern("type_schem", schemaPattern)
            .pattern("type_name", typePattern));
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return ask(
        MetadataQuery.over("super_tables")
            .columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME")
            .name("table_cat", catalog)
            .pattern("table_schem", schemaPattern)
            .pattern("table_name", tablePattern));
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return ask(
        MetadataQuery.ofConstants()
            .column("NAME", "'" + KurobeConnection.APPLICATION_NAME + "'")
            .column("MAX_LEN", Integer.toString(Integer.MAX_VALUE))
            .column("DEFAULT_VALUE", "''")
            .column("DESCRIPTION", "'The program that uses the connection'"));
  }
}
