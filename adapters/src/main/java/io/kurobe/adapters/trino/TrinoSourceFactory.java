package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;

/** Makes sources of type {@code trino}: {@code jdbc:trino://host:port/catalog[/schema]}. */
public final class TrinoSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "trino";
  }

  @Override
  public Source create(SourceConfig config, SourceRuntime runtime) {
    return new TrinoSource(config, runtime.allocator());
  }
}
