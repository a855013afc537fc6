package io.kurobe.driver;

import java.io.InputStream;
import java.net.URL;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** What a result is not: scrolled, updated, or of values that there are none of here. */
abstract class ForwardResultSet extends AvaticaResultSet {
  ForwardResultSet(
      AvaticaStatement statement,
      QueryState state,
      Meta.Signature signature,
      ResultSetMetaData metaData,
      Meta.@Nullable Frame firstFrame)
      throws SQLException {
    super(statement, state, signature, metaData, TimeZone.getDefault(), firstFrame);
  }

  private SQLException forwardOnly() throws SQLException {
    checkOpen();
    return SqlErrors.unsupported("moving but to the next row");
  }

  private SQLException readOnly() throws SQLException {
    checkOpen();
    return SqlErrors.unsupported("changing rows");
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    if (StatementLimits.direction(direction) != ResultSet.FETCH_FORWARD) {
      throw forwardOnly();
    }
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    super.setFetchSize((int) StatementLimits.notNegative(rows, "the fetch size"));
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("looking ahead for the last row");
  }

  @Override
  public String getCursorName() throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("a cursor's name");
  }

  @Override
  public boolean previous() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean first() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean last() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public void afterLast() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public void insertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void deleteRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void refreshRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public NClob getNClob(int index) throws SQLException {
    throw SqlErrors.unsupported("NClob");
  }

  @Override
  public NClob getNClob(String label) throws SQLException {
    throw SqlErrors.unsupported("NClob");
  }

  @Override
  public Ref getRef(int index) throws SQLException {
    throw SqlErrors.unsupported("Ref");
  }

  @Override
  public Ref getRef(String label) throws SQLException {
    throw SqlErrors.unsupported("Ref");
  }

  @Override
  public RowId getRowId(int index) throws SQLException {
    throw SqlErrors.unsupported("RowId");
  }

  @Override
  public RowId getRowId(String label) throws SQLException {
    throw SqlErrors.unsupported("RowId");
  }

  @Override
  public SQLXML getSQLXML(int index) throws SQLException {
    throw SqlErrors.unsupported("SQLXML");
  }

  @Override
  public SQLXML getSQLXML(String label) throws SQLException {
    throw SqlErrors.unsupported("SQLXML");
  }

  @Override
  public URL getURL(int index) throws SQLException {
    throw SqlErrors.unsupported("URL");
  }

  @Override
  public URL getURL(String label) throws SQLException {
    throw SqlErrors.unsupported("URL");
  }

  @Override
  @Deprecated
  public InputStream getUnicodeStream(int index) throws SQLException {
    throw SqlErrors.unsupported("getUnicodeStream");
  }

  @Override
  @Deprecated
  public InputStream getUnicodeStream(String label) throws SQLException {
    throw SqlErrors.unsupported("getUnicodeStream");
  }
}
