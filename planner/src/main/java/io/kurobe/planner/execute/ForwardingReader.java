package io.kurobe.planner.execute;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A reader that hands out what another reads. */
abstract class ForwardingReader extends ArrowReader {
  ForwardingReader(BufferAllocator allocator) {
    super(allocator);
  }

  /** The other reader; may start work when first called. */
  protected abstract ArrowReader delegate() throws IOException;

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return delegate().getVectorSchemaRoot();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    return delegate().loadNextBatch();
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return delegate().getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    throw new IllegalStateException("no column is dictionary-encoded");
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return Set.of();
  }

  @Override
  protected Schema readSchema() throws IOException {
    return delegate().getVectorSchemaRoot().getSchema();
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    if (closeReadSource) {
      closeReadSource();
    }
  }
}
