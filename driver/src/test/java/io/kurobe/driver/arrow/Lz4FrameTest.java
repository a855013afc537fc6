package io.kurobe.driver.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;

/** Frames that another's code writes. */
class Lz4FrameTest {
  private static final int CHANGES = 20_000;

  /** Of {@code lz4 -BD -B4}: the second block repeats what is in the first. */
  private static final String LINKED =
      "04224d1844405e89020000ffff6d000102030405060708090a0b0c0d0e0f10111213141516171819"
          + "1a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f4041"
          + "42434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f60616263646566676869"
          + "6a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f9091"
          + "92939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9"
          + "babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1"
          + "e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fa00020406080a0c0e10121416181a1c"
          + "1e20222426282a2c2e30323436383a3c3e40424446484a4c4e50525456585a5c5e60626466686a6c"
          + "6e70727476787a7c7e80828486888a8c8e90929496989a9c9ea0a2a4a6a8aaacaeb0b2b4b6b8babc"
          + "bec0c2c4c6c8caccced0d2d4d6d8dadcdee0e2e4e6e8eaeceef0f2f4f6f8fafcfe8000680ff601ff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "fffffffffffffffffffffffffff050282a2c2e30910000000fecfeffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffff0f50616263646500000000112b9a34";

  private final Random random = new Random(20261129);

  private static byte[] frame(byte[] content, BLOCKSIZE blocks, FLG.Bits... flags)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean sized = Arrays.asList(flags).contains(FLG.Bits.CONTENT_SIZE);
    try (var frame = new LZ4FrameOutputStream(out, blocks, sized ? content.length : -1, flags)) {
      frame.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] read(byte[] frame, int length) {
    // What stands around it is not read.
    byte[] page = new byte[frame.length + 21];
    Arrays.fill(page, (byte) 0xA5);
    System.arraycopy(frame, 0, page, 13, frame.length);
    byte[] target = new byte[length];
    Lz4Frame.read(new Slice(page, 13, frame.length), target);
    return target;
  }

  /** Bytes like those of columns: runs, periods, numbers that grow, texts, noise. */
  private byte[] content(int length) {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      int end = Math.min(length, at + 1 + random.nextInt(400));
      int period = 1 + random.nextInt(40);
      int kind = random.nextInt(4);
      for (int i = at; i < end; i++) {
        bytes[i] =
            switch (kind) {
              case 0 -> 0;
              case 1 -> i - at < period ? (byte) random.nextInt() : bytes[i - period];
              case 2 -> (byte) (i % 8 == 0 ? i / 8 : 0);
              default -> (byte) random.nextInt();
            };
      }
      at = end;
    }
    return bytes;
  }

  @Test
  void readsWhateverWasWritten() throws IOException {
    FLG.Bits[][] kinds = {
      {FLG.Bits.BLOCK_INDEPENDENCE},
      {FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_SIZE},
      {FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_SIZE, FLG.Bits.CONTENT_CHECKSUM},
      {FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.BLOCK_CHECKSUM, FLG.Bits.CONTENT_CHECKSUM},
    };
    for (int i = 0; i < 2_000; i++) {
      byte[] content = content(random.nextInt(1 + random.nextInt(5_000)));
      byte[] frame = frame(content, BLOCKSIZE.SIZE_64KB, kinds[i % kinds.length]);
      assertThat(read(frame, content.length)).as("%s", i).isEqualTo(content);
    }
  }

  @Test
  void readsManyBlocksAndWhatDoesNotShrink() throws IOException {
    byte[] many = content(300_000);
    assertThat(read(frame(many, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE), many.length))
        .isEqualTo(many);
    byte[] noise = new byte[200_000];
    random.nextBytes(noise);
    byte[] frame = frame(noise, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);
    assertThat(frame.length).isGreaterThan(noise.length);
    assertThat(read(frame, noise.length)).isEqualTo(noise);
    byte[] zeros = new byte[5_000_000];
    byte[] small = frame(zeros, BLOCKSIZE.SIZE_4MB, FLG.Bits.BLOCK_INDEPENDENCE);
    assertThat((long) small.length * Lz4Frame.MOST_EXPANSION).isGreaterThan(zeros.length);
    assertThat(read(small, zeros.length)).isEqualTo(zeros);
  }

  @Test
  void readsBlocksThatRepeatWhatIsInTheOnesBefore() {
    byte[] frame = HexFormat.of().parseHex(LINKED);
    byte[] content = new byte[100_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i % 251 * (i / 251 % 2 + 1));
    }
    assertThat(read(frame, content.length)).isEqualTo(content);
  }

  @Test
  void aFrameOfAnotherLengthIsAnError() throws IOException {
    byte[] content = content(3_000);
    byte[] sized =
        frame(content, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_SIZE);
    byte[] unsized = frame(content, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);
    for (int length : new int[] {0, 1, 2_999, 3_001, 100_000}) {
      assertThatThrownBy(() -> read(sized, length))
          .isInstanceOf(ArrowFormatException.class)
          .hasMessageContaining("something else than was said");
      assertThatThrownBy(() -> read(unsized, length))
          .isInstanceOf(ArrowFormatException.class)
          .hasMessageContaining("than was said");
    }
  }

  @Test
  void aCutOffFrameIsAnError() throws IOException {
    byte[] content = content(2_000);
    byte[] frame = frame(content, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);
    for (int length = 0; length < frame.length; length++) {
      byte[] part = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> read(part, content.length)).isInstanceOf(ArrowFormatException.class);
    }
  }

  /** Whatever a byte is changed to, it is bytes or an error of the format. */
  @Test
  void changedBytesAreBytesOrAnError() throws IOException {
    byte[] content = content(1_500);
    byte[] frame = frame(content, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);
    byte[] checked =
        frame(content, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM);
    int errors = 0;
    for (int i = 0; i < CHANGES; i++) {
      byte[] changed = (i % 2 == 0 ? frame : checked).clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        byte[] given = read(changed, content.length);
        assertThat(i % 2 == 0 || Arrays.equals(given, content)).isTrue();
      } catch (ArrowFormatException e) {
        errors++;
      }
    }
    assertThat(errors).isGreaterThan(CHANGES / 2);
  }

  @Test
  void checksumsAreThoseOfTheSpecification() {
    for (int i = 0; i < 500; i++) {
      byte[] bytes = content(i);
      assertThat(XxHash32.of(bytes, 0, i))
          .isEqualTo(XXHashFactory.safeInstance().hash32().hash(bytes, 0, i, 0));
    }
  }
}
