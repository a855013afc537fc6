package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;

/** Makes sources of type {@code postgres}: PostgreSQL 12 and later, by its JDBC URL. */
public final class PostgresSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "postgres";
  }

  @Override
  public Source create(SourceConfig config, SourceRuntime runtime) {
    return new PostgresSource(config, runtime.allocator());
  }
}
