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
}
