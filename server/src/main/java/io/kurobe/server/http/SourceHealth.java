package io.kurobe.server.http;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.Health;

/** Whether one source answers, as {@code GET /health} shows it. */
public record SourceHealth(String source, Health health) {
  public SourceHealth {
    requireNonNull(source, "source is null");
    requireNonNull(health, "health is null");
  }
}
