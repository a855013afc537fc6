package io.kurobe.adapters.postgres;

import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.DecimalVector;

/**
 * numeric to DECIMAL(p, s). On the wire a numeric is {@code ndigits, weight, sign, dscale} and
 * digits d of base 10,000: the sum of d[i] · 10000^(weight - i). The result is that sum times 10^s
 * as a 128-bit integer, rounded half away from zero.
 *
 * <p>How many decimal digits the result has is known from the first digit, so what does not fit is
 * refused before anything is computed and no step can overflow: up to 18 digits the arithmetic is
 * that of a long, beyond it of two. No object is made.
 */
final class DecimalDecoder extends FixedWidthDecoder {
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;
  private static final int NOT_A_NUMBER = 0xC000;
  private static final int LONG_DIGITS = 18;
  private static final int LONGEST_TEXT = 60;
  private static final long[] POWERS = powers();

  private final int precision;
  private final int scale;
  private final SqlType type;
  private final Values problems;
  // The result's magnitude while it is computed.
  private long high;
  private long low;
  // Where the value begins, for an error that names it.
  private int start;
  private boolean lost;

  DecimalDecoder(DecimalVector vector, Values problems) {
    super(vector, -1, problems);
    this.precision = vector.getPrecision();
    this.scale = vector.getScale();
    this.type = SqlType.decimal(precision, scale);
    this.problems = problems;
  }

  private static long[] powers() {
    long[] powers = new long[LONG_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  @Override
  public void value(CopyInput input, int length, int row) {
    start = input.mark(length);
    write(input, slot(row));
  }

  @Override
  void write(CopyInput input, long address) {
    int digits = input.int16();
    int weight = input.int16();
    int sign = input.int16() & 0xffff;
    input.int16(); // how many decimals to show
    if (sign != POSITIVE && sign != NEGATIVE) {
      throw problems.notANumber(sign == NOT_A_NUMBER ? "NaN" : "infinity", type.toString());
    }
    high = 0;
    low = 0;
    lost = false;
    if (digits > 0) {
      magnitude(input, digits, weight);
      if (lost) {
        problems.losses().accept(Loss.DECIMALS_ROUNDED);
      }
    }
    if (sign == NEGATIVE) {
      low = -low;
      high = ~high + (low == 0 ? 1 : 0);
    }
    MemoryUtil.putLong(address, low);
    MemoryUtil.putLong(address + Long.BYTES, high);
  }

  private void magnitude(CopyInput input, int digits, int weight) {
    int first = input.int16();
    // The decimal places left of the cut, which is `scale` places after the point.
    int places = 4 * weight + scale + decimals(first);
    if (places > precision) {
      throw problems.outOfRange(text(input), type.toString());
    }
    boolean small = places < LONG_DIGITS;
    int exponent = 4 * weight + scale;
    int digit = first;
    boolean rounded = false;
    for (int i = 0; ; ) {
      if (exponent >= 0) {
        append(small, 10_000, digit);
      } else if (!rounded) {
        rounded = true;
        cut(small, digit, -exponent);
      } else {
        lost |= digit != 0;
      }
      if (++i == digits) {
        break;
      }
      digit = input.int16();
      exponent -= 4;
    }
    for (; exponent > 0; exponent -= 4) {
      append(small, (int) POWERS[Math.min(exponent, 4)], 0);
    }
    if (rounded && exceeds()) {
      throw problems.outOfRange(text(input), type.toString());
    }
  }

  /** The value as the server sent it; a very long one by its first digits. */
  private String text(CopyInput input) {
    input.reset(start);
    int digits = input.int16();
    int weight = input.int16();
    boolean negative = (input.int16() & 0xffff) == NEGATIVE;
    int shown = input.int16();
    var unscaled = new StringBuilder(negative ? "-" : "");
    for (int i = 0; i < digits; i++) {
      int digit = input.int16();
      unscaled.append(Integer.toString(10_000 + digit), 1, 5);
    }
    var value =
        new BigDecimal(new BigInteger(unscaled.toString()))
            .scaleByPowerOfTen(4 * (weight - digits + 1));
    return value.precision() - value.scale() > LONGEST_TEXT || shown > LONGEST_TEXT
        ? "about " + value.round(new MathContext(LONG_DIGITS))
        : value.setScale(shown, RoundingMode.HALF_UP).toPlainString();
  }

  /** Takes the digit that the cut goes through, or the first one beyond it, and rounds. */
  private void cut(boolean small, int digit, int dropped) {
    if (dropped > 4) {
      lost = true;
      return;
    }
    int kept = (int) POWERS[4 - dropped];
    int unit = (int) POWERS[dropped];
    append(small, kept, digit / unit);
    lost |= digit % unit != 0;
    if (digit / (unit / 10) % 10 >= 5 && ++low == 0) {
      high++;
    }
  }

  private void append(boolean small, int factor, int digit) {
    if (small) {
      low = low * factor + digit;
      return;
    }
    long product = low * factor;
    // The upper half of the unsigned product.
    long carry = Math.multiplyHigh(low, factor) + (low < 0 ? factor : 0);
    low = product + digit;
    high = high * factor + carry + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
  }

  /** Whether rounding up has added a digit too many. */
  private boolean exceeds() {
    if (precision <= LONG_DIGITS) {
      return low >= POWERS[precision];
    }
    long limitHigh = 0;
    long limitLow = POWERS[LONG_DIGITS];
    for (int i = LONG_DIGITS; i < precision; i++) {
      long product = limitLow * 10;
      limitHigh = limitHigh * 10 + Math.multiplyHigh(limitLow, 10) + (limitLow < 0 ? 10 : 0);
      limitLow = product;
    }
    return high > limitHigh || (high == limitHigh && Long.compareUnsigned(low, limitLow) >= 0);
  }

  private static int decimals(int digit) {
    return digit >= 100 ? digit >= 1000 ? 4 : 3 : digit >= 10 ? 2 : digit >= 1 ? 1 : 0;
  }
}
