package io.kurobe.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;

/** What lets Arrow's own reader read compressed batches, with another's reader of frames. */
final class FrameCodec extends AbstractCompressionCodec {
  static final CompressionCodec.Factory FACTORY =
      new CompressionCodec.Factory() {
        @Override
        public CompressionCodec createCodec(CodecType type) {
          return switch (type) {
            case NO_COMPRESSION -> NoCompressionCodec.INSTANCE;
            case LZ4_FRAME -> new FrameCodec();
            default -> throw new IllegalArgumentException("compressed by " + type);
          };
        }

        @Override
        public CompressionCodec createCodec(CodecType type, int level) {
          return createCodec(type);
        }
      };

  @Override
  protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf compressed) {
    long prefix = CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;
    byte[] frame = new byte[(int) (compressed.writerIndex() - prefix)];
    compressed.getBytes(prefix, frame);
    try (var in = new LZ4FrameInputStream(new ByteArrayInputStream(frame))) {
      byte[] plain = in.readAllBytes();
      ArrowBuf given = allocator.buffer(plain.length);
      given.setBytes(0, plain);
      given.writerIndex(compressed.getLong(0));
      return given;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf plain) {
    throw new UnsupportedOperationException("reads alone");
  }

  @Override
  public CodecType getCodecType() {
    return CodecType.LZ4_FRAME;
  }
}
