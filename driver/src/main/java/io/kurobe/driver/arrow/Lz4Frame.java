package io.kurobe.driver.arrow;

/**
 * A frame of LZ4 ("LZ4 Frame Format" 1.6 and "LZ4 Block Format"), read from the heap into the heap.
 * Whoever asks says how much comes out; whatever the bytes are, nothing beyond that is written.
 *
 * <p>It is here, and no library's, because the driver only reads: this is small, needs no native
 * code, and is the same in every class loader.
 */
final class Lz4Frame {
  /** No byte of a block makes more. */
  static final int MOST_EXPANSION = 255;

  private static final int MAGIC = 0x184D2204;
  private static final int VERSION = 0b01;
  private static final int HAS_BLOCK_CHECKSUMS = 1 << 4;
  private static final int HAS_CONTENT_SIZE = 1 << 3;
  private static final int HAS_CONTENT_CHECKSUM = 1 << 2;
  private static final int HAS_DICTIONARY = 1;
  private static final int IS_STORED = 1 << 31;

  private final Slice source;
  private final byte[] target;
  private int in;
  private int out;

  private Lz4Frame(Slice source, byte[] target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Fills an array with what a frame holds, which has to be just as much.
   *
   * @throws ArrowFormatException if it is no such frame
   */
  static void read(Slice frame, byte[] target) {
    new Lz4Frame(frame, target).read();
  }

  private void read() {
    if (next(Integer.BYTES) != MAGIC) {
      throw damaged("does not begin as one");
    }
    int descriptor = in;
    int flags = (int) next(1);
    if (flags >>> 6 != VERSION || (flags & HAS_DICTIONARY) != 0) {
      throw damaged("is of an unknown kind");
    }
    next(1); // How large blocks may be: no larger than what is wanted, which is checked.
    if ((flags & HAS_CONTENT_SIZE) != 0 && next(Long.BYTES) != target.length) {
      throw damaged("holds something else than was said");
    }
    check(XxHash32.of(source.bytes(), source.start() + descriptor, in - descriptor) >>> 8, 1);
    for (int block = (int) next(Integer.BYTES); block != 0; block = (int) next(Integer.BYTES)) {
      int start = in;
      int length = block & ~IS_STORED;
      if (length > source.length() - in) {
        throw damaged("is cut off");
      }
      if ((block & IS_STORED) != 0) {
        literals(length);
      } else {
        block(in + length);
      }
      if ((flags & HAS_BLOCK_CHECKSUMS) != 0) {
        check(XxHash32.of(source.bytes(), source.start() + start, length), Integer.BYTES);
      }
    }
    if (out != target.length) {
      throw damaged("holds less than was said");
    }
    if ((flags & HAS_CONTENT_CHECKSUM) != 0) {
      check(XxHash32.of(target, 0, target.length), Integer.BYTES);
    }
  }

  private void check(int hash, int bytes) {
    long mask = (1L << (bytes * Byte.SIZE)) - 1;
    if (next(bytes) != (hash & mask)) {
      throw damaged("does not have its checksum");
    }
  }

  /** Sequences: bytes as they are, then bytes that were there before. */
  private void block(int end) {
    while (true) {
      int token = byteBefore(end);
      literals(within(length(token >>> 4, end), end));
      if (in == end) {
        return;
      }
      int distance = byteBefore(end) | byteBefore(end) << Byte.SIZE;
      int length = length(token & 0xF, end) + 4;
      if (distance == 0 || distance > out || length < 0 || length > target.length - out) {
        throw damaged("repeats what is not there");
      }
      repeat(distance, length);
    }
  }

  private int length(int first, int end) {
    int length = first;
    if (first == 0xF) {
      int more;
      do {
        more = byteBefore(end);
        length += more;
        if (length > target.length) {
          throw damaged("holds more than was said");
        }
      } while (more == 0xFF);
    }
    return length;
  }

  private int within(int length, int end) {
    if (length > end - in) {
      throw damaged("is cut off");
    }
    return length;
  }

  private void literals(int length) {
    if (length > target.length - out) {
      throw damaged("holds more than was said");
    }
    System.arraycopy(source.bytes(), source.start() + in, target, out, length);
    in += length;
    out += length;
  }

  /** What was copied is there to be copied again: a distance of 1 repeats one byte. */
  private void repeat(int distance, int length) {
    int from = out - distance;
    int end = out + length;
    if (distance >= Long.BYTES && end <= target.length - Long.BYTES) {
      for (int at = out; at < end; at += Long.BYTES, from += Long.BYTES) {
        Slice.LONG.set(target, at, (long) Slice.LONG.get(target, from));
      }
    } else {
      for (int done = 0; done < length; ) {
        int some = Math.min(distance + done, length - done);
        System.arraycopy(target, from, target, out + done, some);
        done += some;
      }
    }
    out = end;
  }

  private int byteBefore(int end) {
    if (in >= end) {
      throw damaged("is cut off");
    }
    return source.byteAt(in++) & 0xFF;
  }

  /** The next number of so many bytes, the lowest first. */
  private long next(int bytes) {
    if (bytes > source.length() - in) {
      throw damaged("is cut off");
    }
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (source.byteAt(in++) & 0xFFL) << (i * Byte.SIZE);
    }
    return number;
  }

  private static ArrowFormatException damaged(String how) {
    return new ArrowFormatException("a compressed buffer " + how);
  }
}
