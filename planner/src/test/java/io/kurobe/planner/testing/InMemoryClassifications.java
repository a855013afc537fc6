package io.kurobe.planner.testing;

import io.kurobe.planner.privacy.Classification;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.ColumnName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Classifications that are forgotten with the test. */
public final class InMemoryClassifications implements Classifications {
  private final Map<ColumnName, Classification> kept = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  @Override
  public Optional<Classification> find(ColumnName column) {
    return Optional.ofNullable(kept.get(column));
  }

  @Override
  public void keep(Classification classification) {
    kept.put(classification.column(), classification);
    version.incrementAndGet();
  }

  @Override
  public boolean forget(ColumnName column) {
    version.incrementAndGet();
    return kept.remove(column) != null;
  }

  @Override
  public long version() {
    return version.get();
  }
}
