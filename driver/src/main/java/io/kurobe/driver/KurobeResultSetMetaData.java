package io.kurobe.driver;

import java.sql.SQLException;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;

/** Avatica's description of columns, with the class that our {@code getObject} gives. */
final class KurobeResultSetMetaData extends AvaticaResultSetMetaData {
  KurobeResultSetMetaData(AvaticaStatement statement, Meta.Signature signature) {
    super(statement, null, signature);
  }

  private void check(int column) throws SQLException {
    if (column < 1 || column > getColumnCount()) {
      throw SqlErrors.of(
          "07009", "there is no column " + column + "; the result has " + getColumnCount());
    }
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    check(column);
    return "UUID".equalsIgnoreCase(getColumnTypeName(column))
        ? UUID.class.getName()
        : super.getColumnClassName(column);
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    check(column);
    return super.getColumnLabel(column);
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    check(column);
    return super.getColumnName(column);
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    check(column);
    return super.getColumnType(column);
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    check(column);
    return super.getColumnTypeName(column);
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    check(column);
    return super.getColumnDisplaySize(column);
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    check(column);
    return super.getPrecision(column);
  }

  @Override
  public int getScale(int column) throws SQLException {
    check(column);
    return super.getScale(column);
  }

  @Override
  public int isNullable(int column) throws SQLException {
    check(column);
    return super.isNullable(column);
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    check(column);
    return super.getSchemaName(column);
  }

  @Override
  public String getTableName(int column) throws SQLException {
    check(column);
    return super.getTableName(column);
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    check(column);
    return super.getCatalogName(column);
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    check(column);
    return super.isAutoIncrement(column);
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    check(column);
    return super.isCaseSensitive(column);
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    check(column);
    return super.isSearchable(column);
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    check(column);
    return super.isCurrency(column);
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    check(column);
    return super.isSigned(column);
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    check(column);
    return super.isReadOnly(column);
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    check(column);
    return super.isWritable(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    check(column);
    return super.isDefinitelyWritable(column);
  }
}
