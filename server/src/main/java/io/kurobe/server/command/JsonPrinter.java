package io.kurobe.server.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An array of objects, one a line. Numbers stay numbers with all their digits; NaN and infinities,
 * which JSON lacks, dates and times are text.
 */
final class JsonPrinter implements ResultPrinter {
  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    String[] labels = new String[columns.getColumnCount()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = columns.getColumnLabel(i + 1);
    }
    long count = 0;
    out.print("[");
    // The caller owns the writer, so the generator must not close it.
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      while (rows.next()) {
        json.writeRaw(count == 0 ? "\n" : ",\n");
        json.writeStartObject();
        for (int i = 0; i < labels.length; i++) {
          json.writeFieldName(labels[i]);
          write(json, rows, i + 1);
        }
        json.writeEndObject();
        count++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(count == 0 ? "]" : "\n]");
    return count;
  }

  private static void write(JsonGenerator json, ResultSet rows, int column)
      throws IOException, SQLException {
    Object value = rows.getObject(column);
    if (value instanceof Array array) {
      json.writeStartArray();
      for (Object element : (Object[]) array.getArray()) {
        writeElement(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Number || value instanceof Boolean || value == null) {
      writeElement(json, value);
    } else {
      json.writeString(rows.getString(column));
    }
  }

  private static void writeElement(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isFinite(number)) {
        json.writeNumber(value.toString());
      } else {
        json.writeString(value.toString());
      }
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal.toPlainString());
    } else if (value instanceof Number) {
      json.writeNumber(value.toString());
    } else {
      json.writeString(value.toString());
    }
  }
}
