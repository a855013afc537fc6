package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import java.util.Optional;

/** Makes sources of type {@code trino}: {@code jdbc:trino://host:port/catalog[/schema]}. */
public final class TrinoSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "trino";
  }

  @Override
  public Optional<String> expectedUrl(String url) {
    return TrinoAddress.of(url).isPresent() ? Optional.empty() : Optional.of(TrinoAddress.FORM);
  }

  @Override
  public Source create(SourceConfig config, SourceRuntime runtime) {
    return new TrinoSource(config, runtime.allocator());
  }
}
