package io.kurobe.adapters.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.arrow.memory.util.MemoryUtil;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a binary COPY, read forward: header, then for each row a count of fields and for
 * each field its length (-1 for NULL) and bytes, then the trailer. Numbers are big-endian. The
 * server sends a row a message, but the protocol does not promise it, so a row may span messages.
 */
final class CopyInput {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final VarHandle INT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Supplier<byte @Nullable []> messages;
  private final PostgresErrors errors;
  private byte[] bytes = {};
  private int position;
  private long read;
  private boolean started;

  CopyInput(Supplier<byte @Nullable []> messages, PostgresErrors errors) {
    this.messages = messages;
    this.errors = errors;
  }

  /** Bytes taken from the connection so far. */
  long bytesRead() {
    return read;
  }

  /** The count of fields of the next row; -1 after the last. */
  int row() {
    if (!started) {
      header();
      started = true;
    }
    int fields = int16();
    if (fields < 0) {
      while (messages.get() != null) {
        // Nothing follows the trailer but the end.
      }
    }
    return fields;
  }

  private void header() {
    require(SIGNATURE.length);
    if (!Arrays.equals(
        bytes, position, position + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw errors.protocol("wrong signature");
    }
    position += SIGNATURE.length;
    int32();
    skip(int32());
  }

  short int16() {
    require(Short.BYTES);
    short value = (short) INT16.get(bytes, position);
    position += Short.BYTES;
    return value;
  }

  int int32() {
    require(Integer.BYTES);
    int value = (int) INT32.get(bytes, position);
    position += Integer.BYTES;
    return value;
  }

  long int64() {
    require(Long.BYTES);
    long value = (long) INT64.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  byte int8() {
    require(1);
    return bytes[position++];
  }

  /** Where the next bytes begin; all of them are there to be read, and read again. */
  int mark(int length) {
    require(length);
    return position;
  }

  /** Back to a mark, as long as not more than its bytes were read since. */
  void reset(int mark) {
    position = mark;
  }

  void skip(int length) {
    require(length);
    position += length;
  }

  /** Copies the next bytes to an address off the heap. */
  void copy(int length, long address) {
    require(length);
    MemoryUtil.copyToMemory(bytes, position, address, length);
    position += length;
  }

  private void require(int length) {
    if (bytes.length - position < length) {
      refill(length);
    }
  }

  private void refill(int length) {
    if (length < 0) {
      throw errors.protocol("negative length");
    }
    while (bytes.length - position < length) {
      byte[] message = messages.get();
      if (message == null) {
        throw errors.protocol("it ends within a row");
      }
      read += message.length;
      int rest = bytes.length - position;
      if (rest == 0) {
        bytes = message;
      } else {
        byte[] joined = Arrays.copyOfRange(bytes, position, position + rest + message.length);
        System.arraycopy(message, 0, joined, rest, message.length);
        bytes = joined;
      }
      position = 0;
    }
  }
}
