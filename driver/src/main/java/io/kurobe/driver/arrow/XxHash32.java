package io.kurobe.driver.arrow;

/** The checksum in frames of LZ4: XXH32 of the xxHash specification, with the seed 0. */
final class XxHash32 {
  private static final int PRIME_1 = 0x9E3779B1;
  private static final int PRIME_2 = 0x85EBCA77;
  private static final int PRIME_3 = 0xC2B2AE3D;
  private static final int PRIME_4 = 0x27D4EB2F;
  private static final int PRIME_5 = 0x165667B1;

  /** The sum of the first two, modulo 2^32. */
  private static final int PRIMES_1_AND_2 = 0x24234428;

  private static final int STRIPE = 4 * Integer.BYTES;

  private XxHash32() {}

  static int of(byte[] bytes, int start, int length) {
    int end = start + length;
    int at = start;
    int hash;
    if (length >= STRIPE) {
      int one = PRIMES_1_AND_2;
      int two = PRIME_2;
      int three = 0;
      int four = -PRIME_1;
      for (; at <= end - STRIPE; at += STRIPE) {
        one = round(one, word(bytes, at));
        two = round(two, word(bytes, at + 4));
        three = round(three, word(bytes, at + 8));
        four = round(four, word(bytes, at + 12));
      }
      hash =
          Integer.rotateLeft(one, 1)
              + Integer.rotateLeft(two, 7)
              + Integer.rotateLeft(three, 12)
              + Integer.rotateLeft(four, 18);
    } else {
      hash = PRIME_5;
    }
    hash += length;
    for (; at <= end - Integer.BYTES; at += Integer.BYTES) {
      hash = Integer.rotateLeft(hash + word(bytes, at) * PRIME_3, 17) * PRIME_4;
    }
    for (; at < end; at++) {
      hash = Integer.rotateLeft(hash + (bytes[at] & 0xFF) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 15) * PRIME_2;
    hash = (hash ^ hash >>> 13) * PRIME_3;
    return hash ^ hash >>> 16;
  }

  private static int round(int sum, int word) {
    return Integer.rotateLeft(sum + word * PRIME_2, 13) * PRIME_1;
  }

  private static int word(byte[] bytes, int at) {
    return (int) Slice.INT.get(bytes, at);
  }
}
