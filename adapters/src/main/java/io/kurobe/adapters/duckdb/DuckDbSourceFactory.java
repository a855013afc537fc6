package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import java.util.Set;

/** Makes sources of type {@code duckdb}: a DuckDB file, or views over Parquet, CSV and JSON. */
public final class DuckDbSourceFactory implements SourceFactory {
  @Override
  public String type() {
    return "duckdb";
  }

  @Override
  public Set<String> ownKeys() {
    return Set.of("tables");
  }

  @Override
  public boolean needsUrl() {
    return false;
  }

  @Override
  public Source create(SourceConfig config, SourceRuntime runtime) {
    return new DuckDbSource(config, runtime);
  }
}
