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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The unified catalog, live: it reads the sources when first needed, keeps what it read for a time
 * to live, and hands out immutable {@linkplain #snapshot snapshots}. Threads share it.
 *
 * <p>No source holds up what does not need it. What is no longer believed is read again in the
 * background and given meanwhile; a source that cannot be read keeps what was known of it, or
 * nothing, and is tried again soon. A statement waits for the first reading of the sources it
 * names; one that may mean any waits a moment for those that have not answered at all yet.
 */
public final class Catalog {
  /** How long a catalog that was read is believed. */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

  /** How soon a source that failed is tried again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** How long the first reading of a source may keep those waiting that do not name it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, CatalogReading> readings = new LinkedHashMap<>();
  private final List<Relation> declared;
  private final Visibility visibility;
  private final Comments comments;

  // Guarded by this.
  private @Nullable CatalogSnapshot current;
  private List<CatalogMetadata> assembled = List.of();
  private Map<Comments.Subject, String> said = Map.of();
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
    this(sources, declared, visibility, clock, loading, Comments.NONE);
  }

  /**
   * The same, with comments.
   *
   * @param comments what people say of tables and columns
   */
  public Catalog(
      List<Source> sources,
      List<Relation> declared,
      Visibility visibility,
      Clock clock,
      Executor loading,
      Comments comments) {
    this.comments = requireNonNull(comments, "comments is null");
    for (Source source : sources) {
      readings.put(
          source.name(), new CatalogReading(source, clock, loading, TIME_TO_LIVE, RETRY_AFTER));
    }
    this.declared = List.copyOf(declared);
    this.visibility = requireNonNull(visibility, "visibility is null");
  }

  /** The sources, in the configuration's order. */
  public List<Source> sources() {
    return readings.values().stream().map(CatalogReading::source).toList();
  }

  /** What people say of tables and columns. */
  public Comments comments() {
    return comments;
  }

  /** The source of that exact name. */
  public Source source(String name) {
    return reading(name).source();
  }

  /** What is known of a source now; nothing of one that is not in the catalog. */
  public CatalogMetadata known(String source) {
    CatalogReading reading = readings.get(source);
    return reading == null ? new CatalogMetadata(List.of()) : reading.known();
  }

  private CatalogReading reading(String name) {
    CatalogReading reading = readings.get(name);
    if (reading == null) {
      throw new KurobeException(ErrorCode.UNKNOWN_SOURCE, "no source is named " + name);
    }
    return reading;
  }

  /** Why the tables of a source cannot be told: it failed when last read, or was never read. */
  public Optional<KurobeException> failure(String source) {
    CatalogReading reading = readings.get(source);
    return reading == null ? Optional.empty() : reading.failure();
  }

  /** When what is known of a source was read; empty if it never was. */
  public Optional<Instant> readAt(String source) {
    return reading(source).readAt();
  }

  /**
   * The version of what is known now, without waiting for anything; what is no longer believed is
   * read again meanwhile.
   */
  public long version() {
    readings.values().forEach(CatalogReading::ensure);
    return assembled().version();
  }

  /**
   * The same, but no source is read for the first time: whoever only connects has none asked, and
   * meets one that is down as it is when the first statement names it.
   */
  public long versionOfRead() {
    readings.values().stream().filter(reading -> !reading.isNew()).forEach(CatalogReading::ensure);
    return assembled().version();
  }

  /** The whole catalog, as it is now. */
  public CatalogSnapshot snapshot() {
    readings.values().forEach(CatalogReading::ensure);
    for (CatalogReading reading : readings.values()) {
      Duration left = PATIENCE.minus(reading.age());
      if (reading.isNew() && !left.isNegative()) {
        await(reading, left);
      }
    }
    return assembled();
  }

  /** The catalog as a session's principal may see it. */
  public CatalogSnapshot snapshot(Session session) {
    return visibility.of(snapshot(), session);
  }

  /**
   * The same for a statement that can only mean these sources: what else is not known yet is left
   * out, and these are waited for as long as the statement may take.
   */
  public CatalogSnapshot snapshot(Session session, Set<String> named) {
    for (CatalogReading reading : readings.values()) {
      // The others too: whoever asks next for one of them waits less.
      reading.ensure();
    }
    for (String source : named) {
      CatalogReading reading = reading(source);
      if (!reading.isKnown()) {
        await(reading, shorter(reading.source(), session));
      }
    }
    return visibility.of(assembled(), session);
  }

  private static Duration shorter(Source source, Session session) {
    Duration ofSource = source.config().timeout();
    Duration ofStatement = session.limits().queryTimeout();
    return ofSource.compareTo(ofStatement) < 0 ? ofSource : ofStatement;
  }

  /**
   * Reads one source, or all, anew and waits for it. What was known stays if that fails.
   *
   * @throws KurobeException if the one source that was named cannot be read
   */
  public void refresh(Optional<String> source) {
    Collection<CatalogReading> wanted =
        source.isPresent() ? List.of(reading(source.get())) : readings.values();
    Duration longest =
        wanted.stream()
            .map(reading -> reading.source().config().timeout())
            .max(Duration::compareTo)
            .orElse(PATIENCE);
    boolean ended = join(wanted.stream().map(CatalogReading::again).toList(), longest);
    if (source.isPresent()) {
      Optional<KurobeException> failure = failure(source.get());
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (!ended) {
        throw new KurobeException(
            ErrorCode.TIMEOUT,
            "the catalog of source " + source.get() + " was not read in time; it goes on");
      }
    }
  }

  private static void await(CatalogReading reading, Duration patience) {
    join(List.of(reading.ensure()), patience);
  }

  /** Waits for readings; their outcome is in what is known. Returns whether all ended. */
  private static boolean join(List<CompletableFuture<Void>> readings, Duration patience) {
    try {
      CompletableFuture.allOf(readings.toArray(CompletableFuture[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.CANCELLED, "the statement was cancelled", e);
    } catch (ExecutionException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "a catalog was not read: " + e, e);
    }
  }

  private synchronized CatalogSnapshot assembled() {
    List<CatalogMetadata> known = readings.values().stream().map(CatalogReading::known).toList();
    Map<Comments.Subject, String> commented = comments.all();
    CatalogSnapshot last = current;
    if (last != null && areSame(known, assembled) && commented.equals(said)) {
      return last;
    }
    CatalogSnapshot next = assemble(known, commented, ++version);
    current = next;
    assembled = known;
    said = commented;
    return next;
  }

  /** By identity: what was read again and is equal stays the same object. */
  private static boolean areSame(List<CatalogMetadata> one, List<CatalogMetadata> other) {
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) != other.get(i)) {
        return false;
      }
    }
    return true;
  }

  private CatalogSnapshot assemble(
      List<CatalogMetadata> known, Map<Comments.Subject, String> commented, long newVersion) {
    List<SourceCatalog> catalogs = new ArrayList<>();
    List<Relation> relations = new ArrayList<>();
    int index = 0;
    for (Source source : sources()) {
      CatalogMetadata metadata = Commented.of(source.name(), known.get(index++), commented);
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
