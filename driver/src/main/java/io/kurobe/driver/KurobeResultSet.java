package io.kurobe.driver;

import io.kurobe.driver.arrow.BinaryVector;
import io.kurobe.driver.arrow.BooleanVector;
import io.kurobe.driver.arrow.ColumnVector;
import io.kurobe.driver.arrow.DecimalVector;
import io.kurobe.driver.arrow.IntegerVector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Map;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, forward only. Avatica's accessors, which know neither {@code java.time} nor
 * a wall-clock time that the JVM's zone skips, are not used: each getter reads a {@link Cell}.
 */
final class KurobeResultSet extends ForwardResultSet {
  private final KurobeConnection connection;
  private final ServerStatement owner;
  private @Nullable Rows rows;
  private @Nullable ColumnarRows columnar;
  private boolean onRow;
  private long rowNumber;
  private boolean afterLast;
  private boolean wasNull;

  KurobeResultSet(
      AvaticaStatement statement,
      QueryState state,
      Meta.Signature signature,
      ResultSetMetaData metaData,
      Meta.@Nullable Frame firstFrame)
      throws SQLException {
    super(statement, state, signature, metaData, firstFrame);
    this.connection = (KurobeConnection) statement.connection;
    this.owner = (ServerStatement) statement;
  }

  @Override
  protected AvaticaResultSet execute() {
    if (firstFrame instanceof ColumnarFrame) {
      columnar = new ColumnarRows(((ColumnarFrame) firstFrame).result(), owner);
      rows = columnar;
    } else {
      rows =
          new FrameRows(connection.meta(), statement, owner, signature.cursorFactory, firstFrame);
    }
    return this;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.of("24000", "the result set is closed");
    }
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    if (rows == null || afterLast) {
      return false;
    }
    onRow = false;
    onRow = rows.next();
    afterLast = !onRow;
    rowNumber = afterLast ? 0 : rowNumber + 1;
    return onRow;
  }

  @Override
  public void close() {
    if (!closing()) {
      return;
    }
    owner.cancellation().end();
    onRow = false;
    if (rows != null) {
      rows.close();
    }
    super.close();
  }

  private boolean closing() {
    try {
      return !isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  /** Those of the statement: what the rows read so far have lost. */
  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return statement.getWarnings();
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public int findColumn(String label) throws SQLException {
    checkOpen();
    for (int i = 0; i < columnMetaDataList.size(); i++) {
      if (columnMetaDataList.get(i).label.equalsIgnoreCase(label)) {
        return columnMetaDataList.get(i).ordinal + 1;
      }
    }
    throw SqlErrors.of("42703", "the result has no column " + label);
  }

  private Rows current(int index) throws SQLException {
    checkOpen();
    if (!onRow || rows == null) {
      throw SqlErrors.of("24000", "there is no current row: call next() first");
    }
    if (index < 1 || index > columnMetaDataList.size() || index > rows.width()) {
      throw SqlErrors.of(
          "07009", "there is no column " + index + "; the result has " + columnMetaDataList.size());
    }
    return rows;
  }

  /** The column itself, of which a value may be read without an object for it. */
  private @Nullable ColumnVector vector(int index) throws SQLException {
    if (columnar == null) {
      return null;
    }
    current(index);
    ColumnVector vector = columnar.vector(index - 1);
    wasNull = vector.isNull(columnar.row());
    return vector;
  }

  private boolean isWhole(@Nullable ColumnVector vector) {
    return vector != null && (wasNull || PlainValues.isWhole(vector, at()));
  }

  private long whole(ColumnVector vector) {
    return wasNull ? 0 : PlainValues.whole(vector, at());
  }

  /** Where in its batch the current row is. */
  private int at() {
    return columnar == null ? 0 : columnar.row();
  }

  private @Nullable Cell cell(int index) throws SQLException {
    Object raw = raw(index);
    return raw == null ? null : cell(index, raw);
  }

  private @Nullable Object raw(int index) throws SQLException {
    Object raw = current(index).value(index - 1);
    wasNull = raw == null;
    return raw;
  }

  private Cell cell(int index, Object raw) {
    return new Cell(columnMetaDataList.get(index - 1), raw, connection.zone());
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  @Override
  public @Nullable String getString(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (vector != null && PlainValues.isText(vector)) {
      return wasNull ? null : PlainValues.text(vector, at());
    }
    Cell cell = cell(index);
    return cell == null ? null : cell.string();
  }

  @Override
  public @Nullable String getString(String label) throws SQLException {
    return getString(findColumn(label));
  }

  @Override
  public @Nullable String getNString(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.string();
  }

  @Override
  public @Nullable String getNString(String label) throws SQLException {
    return getNString(findColumn(label));
  }

  @Override
  public boolean getBoolean(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (vector instanceof BooleanVector) {
      return !wasNull && ((BooleanVector) vector).value(at());
    }
    if (vector instanceof IntegerVector) {
      return !wasNull && ((IntegerVector) vector).value(at()) != 0;
    }
    Cell cell = cell(index);
    return cell == null ? false : cell.bool();
  }

  @Override
  public boolean getBoolean(String label) throws SQLException {
    return getBoolean(findColumn(label));
  }

  @Override
  public byte getByte(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (isWhole(vector)) {
      long value = whole(vector);
      if (value == (byte) value) {
        return (byte) value;
      }
    }
    Cell cell = cell(index);
    return cell == null ? 0 : (byte) cell.integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  @Override
  public byte getByte(String label) throws SQLException {
    return getByte(findColumn(label));
  }

  @Override
  public short getShort(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (isWhole(vector)) {
      long value = whole(vector);
      if (value == (short) value) {
        return (short) value;
      }
    }
    Cell cell = cell(index);
    return cell == null ? 0 : (short) cell.integer(Short.MIN_VALUE, Short.MAX_VALUE);
  }

  @Override
  public short getShort(String label) throws SQLException {
    return getShort(findColumn(label));
  }

  @Override
  public int getInt(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (isWhole(vector)) {
      long value = whole(vector);
      if (value == (int) value) {
        return (int) value;
      }
    }
    Cell cell = cell(index);
    return cell == null ? 0 : (int) cell.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public int getInt(String label) throws SQLException {
    return getInt(findColumn(label));
  }

  @Override
  public long getLong(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (isWhole(vector)) {
      return whole(vector);
    }
    Cell cell = cell(index);
    return cell == null ? 0 : cell.integer(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Override
  public long getLong(String label) throws SQLException {
    return getLong(findColumn(label));
  }

  @Override
  public float getFloat(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (vector != null && PlainValues.isReal(vector)) {
      return wasNull ? 0 : (float) PlainValues.real(vector, at());
    }
    Cell cell = cell(index);
    return cell == null ? 0 : (float) cell.real();
  }

  @Override
  public float getFloat(String label) throws SQLException {
    return getFloat(findColumn(label));
  }

  @Override
  public double getDouble(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (vector != null && PlainValues.isReal(vector)) {
      return wasNull ? 0 : PlainValues.real(vector, at());
    }
    Cell cell = cell(index);
    return cell == null ? 0 : cell.real();
  }

  @Override
  public double getDouble(String label) throws SQLException {
    return getDouble(findColumn(label));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (vector instanceof DecimalVector) {
      return wasNull ? null : ((DecimalVector) vector).value(at());
    }
    Cell cell = cell(index);
    return cell == null ? null : cell.decimal();
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
    return getBigDecimal(findColumn(label));
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int index, int scale) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.decimal().setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(String label, int scale) throws SQLException {
    return getBigDecimal(findColumn(label), scale);
  }

  @Override
  public byte @Nullable [] getBytes(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (vector instanceof BinaryVector) {
      return wasNull ? null : ((BinaryVector) vector).value(at());
    }
    Cell cell = cell(index);
    return cell == null ? null : cell.bytes();
  }

  @Override
  public byte @Nullable [] getBytes(String label) throws SQLException {
    return getBytes(findColumn(label));
  }

  @Override
  public @Nullable Date getDate(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : Date.valueOf(cell.date());
  }

  @Override
  public @Nullable Date getDate(String label) throws SQLException {
    return getDate(findColumn(label));
  }

  @Override
  public @Nullable Time getTime(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.sqlTime();
  }

  @Override
  public @Nullable Time getTime(String label) throws SQLException {
    return getTime(findColumn(label));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.sqlTimestamp();
  }

  @Override
  public @Nullable Timestamp getTimestamp(String label) throws SQLException {
    return getTimestamp(findColumn(label));
  }

  @Override
  public @Nullable Date getDate(int index, @Nullable Calendar calendar) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.sqlDate(zone(calendar));
  }

  @Override
  public @Nullable Date getDate(String label, @Nullable Calendar calendar) throws SQLException {
    return getDate(findColumn(label), calendar);
  }

  @Override
  public @Nullable Time getTime(int index, @Nullable Calendar calendar) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.sqlTime(zone(calendar));
  }

  @Override
  public @Nullable Time getTime(String label, @Nullable Calendar calendar) throws SQLException {
    return getTime(findColumn(label), calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int index, @Nullable Calendar calendar)
      throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.sqlTimestamp(zone(calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(String label, @Nullable Calendar calendar)
      throws SQLException {
    return getTimestamp(findColumn(label), calendar);
  }

  @Override
  public @Nullable Object getObject(int index) throws SQLException {
    ColumnVector vector = vector(index);
    if (vector != null && PlainValues.isObject(vector)) {
      return wasNull ? null : vector.object(at());
    }
    Cell cell = cell(index);
    return cell == null ? null : cell.object();
  }

  @Override
  public @Nullable Object getObject(String label) throws SQLException {
    return getObject(findColumn(label));
  }

  @Override
  public @Nullable Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.object();
  }

  @Override
  public @Nullable Object getObject(String label, Map<String, Class<?>> map) throws SQLException {
    return getObject(findColumn(label), map);
  }

  @Override
  public @Nullable Array getArray(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : cell.array();
  }

  @Override
  public @Nullable Array getArray(String label) throws SQLException {
    return getArray(findColumn(label));
  }

  @Override
  public @Nullable Reader getCharacterStream(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : new StringReader(cell.string());
  }

  @Override
  public @Nullable Reader getCharacterStream(String label) throws SQLException {
    return getCharacterStream(findColumn(label));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : new StringReader(cell.string());
  }

  @Override
  public @Nullable Reader getNCharacterStream(String label) throws SQLException {
    return getNCharacterStream(findColumn(label));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null ? null : new ByteArrayInputStream(cell.bytes());
  }

  @Override
  public @Nullable InputStream getBinaryStream(String label) throws SQLException {
    return getBinaryStream(findColumn(label));
  }

  @Override
  public @Nullable InputStream getAsciiStream(int index) throws SQLException {
    Cell cell = cell(index);
    return cell == null
        ? null
        : new ByteArrayInputStream(cell.string().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public @Nullable InputStream getAsciiStream(String label) throws SQLException {
    return getAsciiStream(findColumn(label));
  }

  @Override
  public <T> @Nullable T getObject(int index, @Nullable Class<T> type) throws SQLException {
    if (type == null) {
      throw SqlErrors.of("22023", "the class is null");
    }
    Object raw = raw(index);
    if (raw == null) {
      return null;
    }
    boolean asItIs =
        columnar != null
            && raw.getClass() == type
            && !(raw instanceof byte[])
            && !NestedText.isNested(raw);
    return asItIs ? type.cast(raw) : cell(index, raw).as(type);
  }

  @Override
  public <T> @Nullable T getObject(String label, Class<T> type) throws SQLException {
    return getObject(findColumn(label), type);
  }

  @Override
  public @Nullable Blob getBlob(int index) throws SQLException {
    byte[] bytes = getBytes(index);
    return bytes == null ? null : new SerialBlob(bytes);
  }

  @Override
  public @Nullable Blob getBlob(String label) throws SQLException {
    return getBlob(findColumn(label));
  }

  @Override
  public @Nullable Clob getClob(int index) throws SQLException {
    String text = getString(index);
    return text == null ? null : new SerialClob(text.toCharArray());
  }

  @Override
  public @Nullable Clob getClob(String label) throws SQLException {
    return getClob(findColumn(label));
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return rowNumber == 0 && !afterLast;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return afterLast;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return rowNumber == 1;
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return (int) Math.min(rowNumber, Integer.MAX_VALUE);
  }
}
