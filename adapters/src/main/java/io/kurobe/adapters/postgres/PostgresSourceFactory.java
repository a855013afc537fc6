package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import java.util.Optional;

/** Makes sources of type {@code postgres}: PostgreSQL 12 and later, by its JDBC URL. */
public final class PostgresSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "postgres";
  }

  @Override
  public Optional<String> expectedUrl(String url) {
    return PostgresConnections.isUrl(url)
        ? Optional.empty()
        : Optional.of("jdbc:postgresql://host:port/database");
  }

  @Override
  public Source create(SourceConfig config, SourceRuntime runtime) {
    return new PostgresSource(config, runtime.allocator());
  }
}
