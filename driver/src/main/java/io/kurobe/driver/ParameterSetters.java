package io.kurobe.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Calendar;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * JDBC's many setters of parameters, all of which come to {@link #setObject(int, Object)}.
 * Avatica's own lose microseconds and NaN, and those of streams do nothing at all, so that a
 * statement runs with the value before.
 */
abstract class ParameterSetters extends AvaticaPreparedStatement {
  ParameterSetters(
      KurobeConnection connection,
      Meta.@Nullable StatementHandle handle,
      Meta.Signature signature,
      int holdability)
      throws SQLException {
    super(
        connection,
        handle,
        signature,
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.CONCUR_READ_ONLY,
        holdability);
  }

  @Override
  public abstract void setObject(int index, @Nullable Object value) throws SQLException;

  @Override
  public abstract void setObject(int index, @Nullable Object value, int type) throws SQLException;

  /** Whether the server wants an instant there, which a {@code Timestamp} is. */
  abstract boolean wantsInstant(int index);

  @Override
  public void setObject(int index, @Nullable Object value, int type, int scale)
      throws SQLException {
    setObject(index, ParameterTargets.scaled(value, type, scale), type);
  }

  @Override
  public void setObject(int index, @Nullable Object value, SQLType type) throws SQLException {
    setObject(index, value, type.getVendorTypeNumber());
  }

  @Override
  public void setObject(int index, @Nullable Object value, SQLType type, int scale)
      throws SQLException {
    setObject(index, value, type.getVendorTypeNumber(), scale);
  }

  @Override
  public void setNull(int index, int type) throws SQLException {
    setObject(index, null);
  }

  @Override
  public void setNull(int index, int type, String typeName) throws SQLException {
    setObject(index, null);
  }

  @Override
  public void setBoolean(int index, boolean value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setByte(int index, byte value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setShort(int index, short value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setFloat(int index, float value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setString(int index, @Nullable String value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setNString(int index, @Nullable String value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setBytes(int index, byte @Nullable [] value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setArray(int index, @Nullable Array value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setURL(int index, @Nullable URL value) throws SQLException {
    setObject(index, value == null ? null : value.toString());
  }

  @Override
  public void setDate(int index, @Nullable Date value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setTime(int index, @Nullable Time value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    setObject(
        index,
        value == null || calendar == null
            ? value
            : Instant.ofEpochMilli(value.getTime()).atZone(zone(calendar)).toLocalDate());
  }

  @Override
  public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    setObject(
        index,
        value == null || calendar == null
            ? value
            : Instant.ofEpochMilli(value.getTime()).atZone(zone(calendar)).toLocalTime());
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    setObject(
        index,
        value == null || calendar == null || wantsInstant(index)
            ? value
            : value.toInstant().atZone(zone(calendar)).toLocalDateTime());
  }

  private static ZoneId zone(Calendar calendar) {
    return calendar.getTimeZone().toZoneId();
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
    setObject(index, read(value, Long.MAX_VALUE));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, int length)
      throws SQLException {
    setObject(index, read(value, length));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    setObject(index, read(value, length));
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  public void setClob(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  public void setClob(int index, @Nullable Reader value, long length) throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  public void setClob(int index, @Nullable Clob value) throws SQLException {
    setCharacterStream(index, value == null ? null : value.getCharacterStream());
  }

  @Override
  public void setNClob(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  public void setNClob(int index, @Nullable Reader value, long length) throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  public void setNClob(int index, @Nullable NClob value) throws SQLException {
    setClob(index, value);
  }

  @Override
  public void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
    setObject(index, value == null ? null : value.getString());
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value) throws SQLException {
    setObject(index, ascii(value, Long.MAX_VALUE));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setObject(index, ascii(value, length));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    setObject(index, ascii(value, length));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
    setObject(index, read(value, Long.MAX_VALUE));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setObject(index, read(value, length));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    setObject(index, read(value, length));
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value) throws SQLException {
    setBinaryStream(index, value);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
    setBinaryStream(index, value, length);
  }

  @Override
  public void setBlob(int index, @Nullable Blob value) throws SQLException {
    setBinaryStream(index, value == null ? null : value.getBinaryStream());
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    throw SqlErrors.unsupported("setUnicodeStream");
  }

  @Override
  public void setRef(int index, @Nullable Ref value) throws SQLException {
    throw SqlErrors.unsupported("Ref");
  }

  @Override
  public void setRowId(int index, @Nullable RowId value) throws SQLException {
    throw SqlErrors.unsupported("RowId");
  }

  private static @Nullable String ascii(@Nullable InputStream stream, long length)
      throws SQLException {
    byte[] bytes = read(stream, length);
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }

  private static byte @Nullable [] read(@Nullable InputStream stream, long length)
      throws SQLException {
    try {
      return stream == null ? null : stream.readNBytes(most(length));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static @Nullable String read(@Nullable Reader reader, long length) throws SQLException {
    if (reader == null) {
      return null;
    }
    try {
      StringWriter text = new StringWriter();
      char[] buffer = new char[8_192];
      for (int left = most(length); left > 0; ) {
        int count = reader.read(buffer, 0, Math.min(left, buffer.length));
        if (count < 0) {
          break;
        }
        text.write(buffer, 0, count);
        left -= count;
      }
      return text.toString();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static int most(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.of("22023", "the length is " + length + ", expected 0 or more");
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  private static SQLException unreadable(IOException e) {
    return SqlErrors.of("22000", 0, "a parameter's stream cannot be read: " + e.getMessage(), e);
  }
}
