package io.kurobe.driver.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalVectorTest {
  private static List<BigInteger> digits() {
    List<BigInteger> digits = new ArrayList<>();
    for (long edge :
        new long[] {
          0, 1, 9, 10, 99, 100, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, 123_456_789_012_345_678L
        }) {
      digits.add(BigInteger.valueOf(edge));
      digits.add(BigInteger.valueOf(-edge));
    }
    digits.add(BigInteger.valueOf(Long.MIN_VALUE));
    digits.add(BigInteger.ONE.shiftLeft(63));
    digits.add(BigInteger.ONE.shiftLeft(63).negate().subtract(BigInteger.ONE));
    digits.add(BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
    digits.add(BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate());
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      BigInteger some = new BigInteger(random.nextInt(127), random);
      digits.add(i % 2 == 0 ? some : some.negate());
    }
    return digits;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 12, 18, 19, 22, 23, 38})
  void whatIsReadWithoutADecimalIsWhatADecimalWouldGive(int scale) {
    List<BigInteger> digits = digits();
    ByteBuffer buffer = ByteBuffer.allocate(16 * digits.size()).order(ByteOrder.LITTLE_ENDIAN);
    digits.forEach(
        value -> buffer.putLong(value.longValue()).putLong(value.shiftRight(64).longValue()));
    DecimalVector vector =
        new DecimalVector(
            Validity.NO_NULLS, new Slice(buffer.array(), 0, buffer.capacity()), scale);
    int whole = 0;
    for (int i = 0; i < digits.size(); i++) {
      BigDecimal value = new BigDecimal(digits.get(i), scale);
      assertThat(vector.value(i)).isEqualTo(value);
      assertThat(vector.text(i)).isEqualTo(value.toPlainString());
      assertThat(vector.real(i)).as(value.toString()).isEqualTo(value.doubleValue());
      if (vector.hasWhole(i)) {
        whole++;
        BigDecimal cut = value.setScale(0, RoundingMode.DOWN);
        assertThat(BigDecimal.valueOf(vector.whole(i))).isEqualTo(cut);
      }
    }
    assertThat(whole > 0).isEqualTo(scale <= 18);
  }
}
