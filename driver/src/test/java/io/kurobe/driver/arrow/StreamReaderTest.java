package io.kurobe.driver.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.arrow.flatbuf.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Recorded answers of a server, which its own tests hold against what it answers now. With {@code
 * -Dkurobe.golden=write} the text of their values is written anew.
 */
class StreamReaderTest {
  private static byte[] recorded(String name) {
    try (InputStream in = StreamReaderTest.class.getResourceAsStream("/wire/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<List<@Nullable Object>> rows(List<Batch> batches) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Batch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        List<@Nullable Object> values = new ArrayList<>();
        for (ColumnVector column : batch.columns()) {
          values.add(column.isNull(row) ? null : column.object(row));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(StreamReaderTest::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof RowValue row) {
      return row.names() + "=" + text(row.values());
    }
    return value == null ? "null" : value + " " + value.getClass().getSimpleName();
  }

  @Test
  void readsEveryTypeAsRecorded() throws IOException {
    StreamReader reader = new StreamReader();
    String text =
        rows(reader.read(recorded("every-type.arrow"))).stream()
            .map(row -> row.stream().map(StreamReaderTest::text).collect(Collectors.joining("\n")))
            .collect(Collectors.joining("\n\n", "", "\n"));
    if (System.getProperty("kurobe.golden", "").equals("write")) {
      Files.writeString(
          Path.of(
              System.getProperty("kurobe.root"), "driver/src/test/resources/wire/every-type.txt"),
          text);
    }
    assertThat(text).isEqualTo(new String(recorded("every-type.txt"), StandardCharsets.UTF_8));
    assertThat(reader.ended()).isTrue();
    assertThat(reader.metadata("kurobe.signature").orElseThrow()).startsWith("{");
  }

  @Test
  void readsAResultWithoutRows() {
    StreamReader reader = new StreamReader();
    assertThat(rows(reader.read(recorded("empty.arrow")))).isEmpty();
    assertThat(reader.ended()).isTrue();
  }

  @Test
  void readsTheSameInParts() {
    byte[] whole = recorded("several-batches.arrow");
    StreamReader inParts = new StreamReader();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    int parts = 0;
    for (int start = 0; start < whole.length; parts++) {
      int end = start + length(whole, start);
      rows.addAll(rows(inParts.read(Arrays.copyOfRange(whole, start, end))));
      start = end;
    }
    assertThat(parts).isGreaterThan(3);
    assertThat(rows).hasSize(1_003).isEqualTo(rows(new StreamReader().read(whole)));
  }

  /** Of a message with its prefix and its body. */
  private static int length(byte[] stream, int start) {
    int header = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).getInt(start + 4);
    if (header == 0) {
      return 8;
    }
    ByteBuffer bytes = ByteBuffer.wrap(stream, start + 8, header).slice();
    Message message = Message.getRootAsMessage(bytes.order(ByteOrder.LITTLE_ENDIAN));
    return 8 + header + (int) message.bodyLength();
  }

  @Test
  void aCutOffPartIsAnError() {
    byte[] whole = recorded("every-type.arrow");
    for (int length = 1; length < whole.length; length += 7) {
      byte[] part = Arrays.copyOf(whole, length);
      StreamReader reader = new StreamReader();
      try {
        reader.read(part);
        assertThat(reader.ended()).as("%s bytes", length).isFalse();
      } catch (ArrowFormatException e) {
        assertThat(e).hasMessageContaining("message");
      }
    }
  }

  @Test
  void bytesAfterTheEndAreAnError() {
    StreamReader reader = new StreamReader();
    reader.read(recorded("empty.arrow"));
    assertThatThrownBy(() -> reader.read(recorded("empty.arrow")))
        .isInstanceOf(ArrowFormatException.class);
  }

  /** The recording has three hundred rows of which the ten of the other are the first. */
  @Test
  void readsCompressedBatches() {
    List<List<@Nullable Object>> rows = rows(new StreamReader().read(recorded("compressed.arrow")));
    List<List<@Nullable Object>> plain =
        rows(new StreamReader().read(recorded("every-type.arrow")));
    assertThat(rows).hasSize(300);
    assertThat(texts(rows.subList(0, plain.size()))).isEqualTo(texts(plain));
  }

  private static List<String> texts(List<List<@Nullable Object>> rows) {
    return rows.stream().map(StreamReaderTest::text).collect(Collectors.toList());
  }

  @Test
  void aBatchThatSaysItHoldsMoreThanAPageIsAnErrorBeforeThereIsRoomForIt() {
    byte[] whole = recorded("compressed.arrow");
    ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int refused = 0;
    for (int at = 8; at < whole.length - 4; at++) {
      if (bytes.getInt(at) == 0x184D2204) {
        for (long length : new long[] {1L << 23, 1L << 40, Integer.MAX_VALUE, Long.MAX_VALUE, -2}) {
          ByteBuffer changed = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
          changed.putLong(at - 8, length);
          try {
            // What says which rows are NULL is not looked at where none is.
            assertThat(new StreamReader().read(changed.array())).isNotEmpty();
          } catch (ArrowFormatException e) {
            assertThat(e).hasMessageContaining("says that it holds " + length + " bytes");
            refused++;
          }
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void changedBytesOfCompressedBatchesAreRowsOrAnError() {
    assertThat(errorsOfChanges(recorded("compressed.arrow"), 4_000)).isPositive();
  }

  /** Whatever a byte is changed to, it is rows or an error of the format, in bounded memory. */
  @Test
  void changedBytesAreRowsOrAnError() {
    assertThat(errorsOfChanges(recorded("every-type.arrow"), 20_000)).isPositive();
  }

  private static int errorsOfChanges(byte[] whole, int changes) {
    Random random = new Random(20261128);
    int errors = 0;
    for (int i = 0; i < changes; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      try {
        for (Batch batch : new StreamReader().read(changed)) {
          if (batch.rows() < 1_000) {
            rows(List.of(batch));
          }
        }
      } catch (ArrowFormatException e) {
        errors++;
      }
    }
    return errors;
  }
}
