package io.kurobe.server.avatica;

import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's protobuf in which each REAL is told twice. Avatica writes its bits as {@code
 * number_value}, where its client for Java looks for them; its clients for Go and Python look for
 * {@code double_value}, and would take every REAL for zero. Threads share it.
 */
final class PlainReals extends ProtobufTranslationImpl {
  @Override
  public byte[] serializeResponse(Service.Response response) throws IOException {
    byte[] bytes = super.serializeResponse(response);
    if (response instanceof Service.FetchResponse fetched) {
      return hasReals(fetched.frame) ? fetched(bytes) : bytes;
    }
    if (response instanceof Service.ExecuteResponse executed) {
      boolean any = executed.results.stream().anyMatch(result -> hasReals(result.firstFrame));
      return any ? executed(bytes) : bytes;
    }
    return bytes;
  }

  private static boolean hasReals(@Nullable Frame frame) {
    return frame != null
        && StreamSupport.stream(frame.rows.spliterator(), false).anyMatch(PlainReals::isReal);
  }

  private static boolean isReal(@Nullable Object value) {
    if (value instanceof Object[] row) {
      for (Object cell : row) {
        if (isReal(cell)) {
          return true;
        }
      }
      return false;
    }
    return value instanceof Float
        || value instanceof List<?> list && list.stream().anyMatch(PlainReals::isReal);
  }

  private static byte[] fetched(byte[] bytes) throws IOException {
    Common.WireMessage message = Common.WireMessage.parseFrom(bytes);
    Responses.FetchResponse.Builder response =
        Responses.FetchResponse.newBuilder().mergeFrom(message.getWrappedMessage());
    tellTwice(response.getFrameBuilder());
    return message.toBuilder()
        .setWrappedMessage(response.build().toByteString())
        .build()
        .toByteArray();
  }

  private static byte[] executed(byte[] bytes) throws IOException {
    Common.WireMessage message = Common.WireMessage.parseFrom(bytes);
    Responses.ExecuteResponse.Builder response =
        Responses.ExecuteResponse.newBuilder().mergeFrom(message.getWrappedMessage());
    response.getResultsBuilderList().forEach(result -> tellTwice(result.getFirstFrameBuilder()));
    return message.toBuilder()
        .setWrappedMessage(response.build().toByteString())
        .build()
        .toByteArray();
  }

  private static void tellTwice(Common.Frame.Builder frame) {
    for (Common.Row.Builder row : frame.getRowsBuilderList()) {
      for (Common.ColumnValue.Builder cell : row.getValueBuilderList()) {
        if (cell.hasScalarValue()) {
          tellTwice(cell.getScalarValueBuilder());
        }
        // Where clients of older releases look.
        cell.getValueBuilderList().forEach(PlainReals::tellTwice);
        cell.getArrayValueBuilderList().forEach(PlainReals::tellTwice);
      }
    }
  }

  private static void tellTwice(Common.TypedValue.Builder value) {
    if (value.getType() == Common.Rep.FLOAT) {
      value.setDoubleValue(Float.intBitsToFloat((int) value.getNumberValue()));
    }
    value.getArrayValueBuilderList().forEach(PlainReals::tellTwice);
  }
}
