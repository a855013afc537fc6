package io.kurobe.nl2sql.retrieve.index;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.planner.catalog.CatalogSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of all tables and columns of the unified catalog: their names in words, comments,
 * synonyms and frequent values by BM25, and the meaning of names and comments as vectors. A thread
 * of low priority builds it in the background and on disk, names first, so that words find tables
 * from the first second and meanings join as they are computed. Only what changed is indexed again,
 * and a text is embedded once however many tables have it.
 *
 * <p>It holds everything, of whatever rights: who searches it looks up what is found in the catalog
 * that the session sees. Threads share it.
 */
public final class SchemaIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaIndex.class);
  private static final int MOST_FAILURES = 3;
  private static final Duration CLOSING = Duration.ofSeconds(20);

  private final Path directory;
  private final CatalogTexts texts;
  private final Embeddings embeddings;
  private final IndexedValues values;
  private final Synonyms synonyms;
  private final Courtesy courtesy = new Courtesy();

  private volatile @Nullable IndexStore store;
  private volatile IndexProgress progress = IndexProgress.NONE;

  // Guarded by this.
  private @Nullable Thread thread;
  private @Nullable Supplier<CatalogSnapshot> wanted;
  private @Nullable Supplier<CatalogSnapshot> last;
  private long announced = -1;
  private boolean closed;

  /**
   * Makes an index that does nothing before it is told of a catalog.
   *
   * @param directory where it is kept; its own
   * @param embeddings closed with it
   */
  public SchemaIndex(
      Path directory,
      CatalogTexts texts,
      Embeddings embeddings,
      IndexedValues values,
      Synonyms synonyms) {
    this.directory = requireNonNull(directory, "directory is null");
    this.texts = requireNonNull(texts, "texts is null");
    this.embeddings = requireNonNull(embeddings, "embeddings is null");
    this.values = requireNonNull(values, "values is null");
    this.synonyms = requireNonNull(synonyms, "synonyms is null");
  }

  /**
   * Tells of the catalog; returns at once. Nothing happens if that version was told before.
   *
   * @param version of the catalog
   * @param catalog gives the whole of it, whoever asks; called in the background
   */
  public synchronized void update(long version, Supplier<CatalogSnapshot> catalog) {
    if (closed || version == announced) {
      return;
    }
    announced = version;
    wanted = catalog;
    if (thread == null) {
      thread = new Thread(this::run, "kurobe-schema-index");
      thread.setDaemon(true);
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.start();
    }
    notifyAll();
  }

  /** Has synonyms and values read again, where those have changed and the catalog has not. */
  public synchronized void again(Supplier<CatalogSnapshot> catalog) {
    long version = announced;
    announced = -1;
    update(version, catalog);
  }

  /** How far it has come. */
  public IndexProgress progress() {
    return progress;
  }

  /**
   * Waits until the names of the newest catalog are in it.
   *
   * @return whether they are
   */
  public boolean awaitNames(Duration longest) {
    return await(longest, () -> progress.catalogVersion() == announced && announced >= 0);
  }

  /**
   * Waits until all is done.
   *
   * @return whether it is
   */
  public boolean awaitComplete(Duration longest) {
    return await(longest, () -> progress.complete() && wanted == null);
  }

  private synchronized boolean await(Duration longest, Supplier<Boolean> condition) {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.get()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || closed) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** What the names, comments and texts of this index are. */
  public CatalogTexts texts() {
    return texts;
  }

  public Embeddings embeddings() {
    return embeddings;
  }

  /**
   * The index as it is now, to be closed by the caller; empty before it was opened and after it was
   * closed. What is done in the background waits meanwhile, for a while.
   */
  public Optional<IndexSearch> search() throws IOException {
    IndexStore open = store;
    if (open == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IndexSearch(open.searchers(), courtesy.visit()));
    } catch (AlreadyClosedException e) {
      return Optional.empty();
    }
  }

  private void run() {
    int failures = 0;
    while (failures < MOST_FAILURES) {
      try (IndexStore open = IndexStore.open(directory)) {
        var builder =
            new IndexBuilder(open, new Documents(texts, synonyms), texts, embeddings, values);
        store = open;
        work(builder);
        return;
      } catch (IOException | RuntimeException e) {
        failures++;
        LOG.warn("the schema index failed and is made anew: {}", e.toString());
        LOG.debug("the schema index failed", e);
      } finally {
        store = null;
      }
      makeAnew();
    }
    LOG.error("the schema index is given up until the next start; questions meet names alone");
  }

  private void work(IndexBuilder builder) throws IOException {
    while (true) {
      Supplier<CatalogSnapshot> catalog;
      long version;
      synchronized (this) {
        while (wanted == null && !closed) {
          waitForWork();
        }
        if (closed) {
          return;
        }
        catalog = requireNonNull(wanted);
        version = announced;
        last = catalog;
        wanted = null;
        progress = progress.begun();
      }
      CatalogSnapshot whole;
      try {
        whole = catalog.get();
      } catch (KurobeException e) {
        LOG.debug("the catalog was not given to the schema index", e);
        forgetVersion();
        continue;
      }
      builder.build(whole, version, courtesy, this::isAlone, this::tell);
    }
  }

  /** The next who tells of the same version is heard. */
  private synchronized void forgetVersion() {
    announced = -1;
  }

  private void waitForWork() {
    try {
      wait();
    } catch (InterruptedException e) {
      // Nobody has this thread to interrupt it; if somebody does, it is to end.
      closed = true;
    }
  }

  /** Whether there is nothing newer to do. */
  private synchronized boolean isAlone() {
    return !closed && wanted == null;
  }

  private synchronized void tell(IndexProgress now) {
    progress = now;
    notifyAll();
  }

  private synchronized void makeAnew() {
    try {
      IndexStore.delete(directory);
    } catch (IOException e) {
      LOG.debug("the schema index was not deleted", e);
    }
    progress = IndexProgress.NONE;
    wanted = wanted == null ? last : wanted;
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
      notifyAll();
    }
    if (running != null) {
      try {
        running.join(CLOSING.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    embeddings.close();
  }
}
