package io.kurobe.driver;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers about the catalog that one connection was given. Every answer of the server, to whatever
 * question, tells the version of the catalog; what was answered is kept if the version before the
 * question is the one after it, and given again while nothing tells of another and the last word is
 * not old. A server that tells no version has nothing kept. Threads share it.
 */
final class MetadataCache {
  /** What comes to a tool that opens a tree of tables and looks at some. */
  private static final int MOST_ANSWERS = 64;

  private static final long MOST_BYTES = 4L << 20;

  /** How long a version is believed that nothing has told since. */
  private static final Duration TRUSTED = Duration.ofSeconds(10);

  private static final class Answer {
    final Object content;
    final long bytes;

    Answer(Object content, long bytes) {
      this.content = content;
      this.bytes = bytes;
    }
  }

  private final LongSupplier nanoClock;

  // Guarded by this. The answers are ordered by their last use.
  private final Map<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable String version;
  private long toldAt;
  private long moment;
  private long bytes;

  MetadataCache(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Takes what an answer tells of the catalog's version, as it comes; null if it tells none. */
  synchronized void told(@Nullable String catalogVersion) {
    if (catalogVersion == null || !catalogVersion.equals(version)) {
      forget();
      version = catalogVersion;
    }
    toldAt = nanoClock.getAsLong();
  }

  /** Drops all; what was asked before this is not kept either. */
  synchronized void forget() {
    answers.clear();
    bytes = 0;
    moment++;
  }

  /** To be asked for before a question; it is another after whatever makes an answer old. */
  synchronized long moment() {
    return moment;
  }

  /** What was answered to a question; empty if that is not known, or may not be so any more. */
  synchronized <T> Optional<T> find(String question, Class<T> kind) {
    if (version == null || nanoClock.getAsLong() - toldAt > TRUSTED.toNanos()) {
      return Optional.empty();
    }
    Answer found = answers.get(question);
    return found == null ? Optional.empty() : Optional.of(kind.cast(found.content));
  }

  /**
   * Keeps an answer, if it is of the version that is known.
   *
   * @param asked the {@link #moment} before it was asked for
   * @param size in bytes, about
   */
  synchronized void keep(String question, long asked, Object answer, long size) {
    if (version == null || asked != moment || size > MOST_BYTES) {
      return;
    }
    Answer before = answers.put(question, new Answer(answer, size));
    bytes += size - (before == null ? 0 : before.bytes);
    Iterator<Answer> oldest = answers.values().iterator();
    while (bytes > MOST_BYTES || answers.size() > MOST_ANSWERS) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}
