package io.kurobe.planner.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A place where bare names are looked up.
 *
 * @param source the source's name
 * @param schema the schema; empty means the source's default schema
 */
public record SearchPathEntry(String source, Optional<String> schema) {
  public SearchPathEntry {
    requireNonNull(source, "source is null");
    requireNonNull(schema, "schema is null");
  }

  /** Reads {@code source} or {@code source.schema}. */
  public static SearchPathEntry parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new SearchPathEntry(text.strip(), Optional.empty())
        : new SearchPathEntry(
            text.substring(0, dot).strip(), Optional.of(text.substring(dot + 1).strip()));
  }

  @Override
  public String toString() {
    return schema.map(name -> source + "." + name).orElse(source);
  }
}
