package io.kurobe.adapters.source;

import java.util.Optional;
import java.util.Set;

/**
 * Makes sources of one kind. Found by {@link java.util.ServiceLoader}; has a public constructor.
 */
public interface SourceFactory {
  /** The kind as configuration writes it, such as {@code postgres}. */
  String type();

  /** The keys of configuration that only this kind has, such as {@code tables}. */
  default Set<String> ownKeys() {
    return Set.of();
  }

  /** Whether a source of this kind is given by {@code url} (else by {@code path}). */
  default boolean needsUrl() {
    return true;
  }

  /**
   * What a URL of this kind must be, where the given one is not; empty where it is. Nothing of the
   * given one is in it, as that may hold a password.
   */
  default Optional<String> expectedUrl(String url) {
    return Optional.empty();
  }

  /**
   * Makes the source without waiting for it: a source that is down is made all the same and its
   * first use fails. The caller closes it.
   */
  Source create(SourceConfig config, SourceRuntime runtime);
}
