package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code sources:} in the configuration.
 *
 * @param name the source's name, the JDBC catalog
 * @param type its kind, such as {@code postgres}
 * @param url the JDBC URL, for kinds reached by one
 * @param path the file, for kinds that are one; a DuckDB source may have neither, only tables
 * @param user who Kurobe is at the source
 * @param password its secret; never in {@link #toString}
 * @param schemas the only schemas shown; empty shows all but the source's own
 * @param defaultSchema what two-part names mean; empty leaves it to the kind
 * @param poolSize connections at most
 * @param poolIdle how long an unused connection is kept
 * @param timeout how long connecting or reading the catalog may take
 * @param numericScale scale of a numeric that declares none
 * @param models what language models may see
 * @param selection how candidates are compared
 * @param tables name to file or glob: the views of a DuckDB source over files
 */
public record SourceConfig(
    String name,
    String type,
    Optional<String> url,
    Optional<String> path,
    Optional<String> user,
    Optional<String> password,
    List<String> schemas,
    Optional<String> defaultSchema,
    int poolSize,
    Duration poolIdle,
    Duration timeout,
    int numericScale,
    Models models,
    Selection selection,
    Map<String, String> tables) {

  /** What of a source language models may see. */
  public enum Models {
    ALLOW,
    /** Names and types, but no stored value. */
    NO_VALUES,
    CLOSED
  }

  /** How candidates for a question over a source are compared. */
  public enum Selection {
    /** By plan only; nothing runs to choose. */
    PLAN,
    /** By their results, in bounded runs. */
    EXECUTE
  }

  public SourceConfig {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    schemas = List.copyOf(schemas);
    tables = Map.copyOf(tables);
    requireNonNull(poolIdle, "poolIdle is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(models, "models is null");
    requireNonNull(selection, "selection is null");
  }

  /** A configuration with defaults, for a source reached by a URL. */
  public static SourceConfig ofUrl(String name, String type, String url, String user) {
    return withDefaults(
        name, type, Optional.of(url), Optional.empty(), Optional.of(user), Map.of());
  }

  /** A configuration with defaults, for a source that is a file. */
  public static SourceConfig ofPath(String name, String type, String path) {
    return withDefaults(
        name, type, Optional.empty(), Optional.of(path), Optional.empty(), Map.of());
  }

  /** A configuration with defaults, for a source of tables that are files. */
  public static SourceConfig ofTables(String name, String type, Map<String, String> tables) {
    return withDefaults(name, type, Optional.empty(), Optional.empty(), Optional.empty(), tables);
  }

  private static SourceConfig withDefaults(
      String name,
      String type,
      Optional<String> url,
      Optional<String> path,
      Optional<String> user,
      Map<String, String> tables) {
    return new SourceConfig(
        name,
        type,
        url,
        path,
        user,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        8,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        12,
        Models.ALLOW,
        Selection.EXECUTE,
        tables);
  }

  /** The same with another password. */
  public SourceConfig withPassword(String other) {
    return new SourceConfig(
        name,
        type,
        url,
        path,
        user,
        Optional.of(other),
        schemas,
        defaultSchema,
        poolSize,
        poolIdle,
        timeout,
        numericScale,
        models,
        selection,
        tables);
  }

  @Override
  public String toString() {
    return "source " + name + " (" + type + ")";
  }
}
