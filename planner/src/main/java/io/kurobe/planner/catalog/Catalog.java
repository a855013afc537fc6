package io.kurobe.planner.catalog;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The unified catalog, live: it reads the sources when first needed, keeps what it read for a time
 * to live, and hands out immutable {@linkplain #snapshot snapshots}. A source that cannot be read
 * leaves the others working and is tried again soon. Threads share it.
 */
public final class Catalog {
  /** How long a catalog that was read is believed. */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

  /** How soon a source that failed is tried again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private record Loaded(
      CatalogMetadata metadata, @Nullable KurobeException failure, Instant until) {}

  private final Map<String, Source> sources;
  private final List<Relation> declared;
  private final Visibility visibility;
  private final Clock clock;
  private final Executor loading;
  private final Map<String, Loaded> loaded = new LinkedHashMap<>();
  private @Nullable CatalogSnapshot current;
  private long version;

  /**
   * Makes a catalog.
   *
   * @param sources in the configuration's order; not closed by the catalog
   * @param declared relations of the configuration
   * @param visibility what sessions see
   * @param loading runs the reads of several sources at the same time
   */
  public Catalog(
      List<Source> sources,
      List<Relation> declared,
      Visibility visibility,
      Clock clock,
      Executor loading) {
    Map<String, Source> byName = new LinkedHashMap<>();
    sources.forEach(source -> byName.put(source.name(), source));
    this.sources = byName;
    this.declared = List.copyOf(declared);
    this.visibility = requireNonNull(visibility, "visibility is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.loading = requireNonNull(loading, "loading is null");
  }

  /** The sources, in the configuration's order. */
  public List<Source> sources() {
    return List.copyOf(sources.values());
  }

  /** The source of that exact name. */
  public Source source(String name) {
    Source source = sources.get(name);
    if (source == null) {
      throw new KurobeException(ErrorCode.UNKNOWN_SOURCE, "no source is named " + name);
    }
    return source;
  }

  /** Why a source could not be read, if the last attempt failed. */
  public synchronized Optional<KurobeException> failure(String source) {
    Loaded last = loaded.get(source);
    return last == null ? Optional.empty() : Optional.ofNullable(last.failure());
  }

  /** The whole catalog, as it is now. */
  public synchronized CatalogSnapshot snapshot() {
    boolean changed = current == null;
    Instant now = clock.instant();
    for (Map.Entry<String, CompletableFuture<Loaded>> load : loads(now).entrySet()) {
      Loaded last = loaded.get(load.getKey());
      Loaded next = load.getValue().join();
      changed |= last == null || !next.metadata().equals(last.metadata());
      loaded.put(load.getKey(), next);
    }
    CatalogSnapshot known = current;
    if (known == null || changed) {
      known = assemble(++version);
      current = known;
    }
    return known;
  }

  /** The catalog as a session's principal may see it. */
  public CatalogSnapshot snapshot(Session session) {
    return visibility.of(snapshot(), session);
  }

  /** Forgets what was read of one source, or of all, so that the next look reads it again. */
  public synchronized void refresh(Optional<String> source) {
    if (source.isPresent()) {
      loaded.remove(source(source.get()).name());
    } else {
      loaded.clear();
    }
    current = null;
  }

  /** Starts to read every source that is not known or no longer believed. */
  private Map<String, CompletableFuture<Loaded>> loads(Instant now) {
    Map<String, CompletableFuture<Loaded>> loads = new LinkedHashMap<>();
    for (Source source : sources.values()) {
      Loaded last = loaded.get(source.name());
      if (last == null || !now.isBefore(last.until())) {
        loads.put(
            source.name(), CompletableFuture.supplyAsync(() -> load(source, last, now), loading));
      }
    }
    return loads;
  }

  private static Loaded load(Source source, @Nullable Loaded last, Instant now) {
    try {
      return new Loaded(source.readCatalog(), null, now.plus(TIME_TO_LIVE));
    } catch (KurobeException e) {
      // What was known stays visible: its tables answer with the source's own error.
      CatalogMetadata known = last == null ? new CatalogMetadata(List.of()) : last.metadata();
      return new Loaded(known, e, now.plus(RETRY_AFTER));
    }
  }

  private CatalogSnapshot assemble(long newVersion) {
    List<SourceCatalog> catalogs = new ArrayList<>();
    List<Relation> relations = new ArrayList<>();
    for (Source source : sources.values()) {
      CatalogMetadata metadata = requireNonNull(loaded.get(source.name())).metadata();
      catalogs.add(new SourceCatalog(source.config(), source.defaultSchema(), metadata));
      for (SchemaMetadata schema : metadata.schemas()) {
        for (TableMetadata table : schema.tables()) {
          TableName from = new TableName(source.name(), schema.name(), table.name());
          relations.addAll(foreignKeys(from, table));
        }
      }
    }
    relations.addAll(declared);
    return new CatalogSnapshot(newVersion, catalogs, relations);
  }

  private static List<Relation> foreignKeys(TableName from, TableMetadata table) {
    return table.foreignKeys().stream()
        .map(
            key ->
                new Relation(
                    from,
                    key.columns(),
                    new TableName(from.source(), key.targetSchema(), key.targetTable()),
                    key.targetColumns()))
        .collect(Collectors.toList());
  }
}
