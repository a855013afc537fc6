package io.kurobe.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurobe.server.statement.History;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ended and is not in the database yet, in files beside it: one write of some hundred bytes,
 * so that an answer need not wait for a transaction. What a file was given survives the process,
 * not the machine, like a transaction that is not synced; whoever opens it next writes it down.
 *
 * <p>Of two files one is written while the entries of the other go to the database; a file of which
 * all have gone is emptied. A line of JSON each; a last line without an end, or one that is no
 * entry, is what a fault left of one. Threads share it; whoever opened it closes it.
 */
final class HistoryJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryJournal.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES = List.of("history-a.journal", "history-b.journal");

  /** Of one file; who comes when both are full waits for the database. */
  private static final int MOST_BYTES = 8 << 20;

  /** An entry that is in a file. */
  interface Kept {
    /** It is in the database, or never will be. */
    void forget();
  }

  /** A file, by what an interrupted thread does not close. */
  private static final class Part {
    final RandomAccessFile file;
    long size;
    int entries;

    Part(RandomAccessFile file) {
      this.file = file;
    }

    void append(byte[] line) throws IOException {
      file.seek(size);
      file.write(line);
      size += line.length;
      entries++;
    }

    void empty() throws IOException {
      file.setLength(0);
      size = 0;
      entries = 0;
    }
  }

  // Guarded by this.
  private final List<Part> parts = new ArrayList<>();
  private int current;

  private HistoryJournal() {}

  /**
   * Opens the journal of a directory; empty if it cannot be written or another process has it,
   * which then writes the history.
   */
  static Optional<HistoryJournal> open(Path directory) {
    HistoryJournal journal = new HistoryJournal();
    try {
      for (String name : NAMES) {
        Part part = new Part(new RandomAccessFile(directory.resolve(name).toFile(), "rw"));
        journal.parts.add(part);
        if (part.file.getChannel().tryLock() == null) {
          journal.close();
          return Optional.empty();
        }
        // What is there counts as one, which goes with clear().
        part.size = part.file.length();
        part.entries = part.size == 0 ? 0 : 1;
      }
      return Optional.of(journal);
    } catch (OverlappingFileLockException e) {
      journal.close();
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("the history's journal in {} cannot be used", directory, e);
      journal.close();
      return Optional.empty();
    }
  }

  /** What the process before left. */
  synchronized List<History.Entry> left() throws IOException {
    List<History.Entry> found = new ArrayList<>();
    for (Part part : parts) {
      byte[] bytes = new byte[(int) part.file.length()];
      part.file.seek(0);
      part.file.readFully(bytes);
      found.addAll(entries(bytes));
    }
    return found;
  }

  /** What is in the files of a directory, which another has open. */
  static List<History.Entry> in(Path directory) throws IOException {
    List<History.Entry> found = new ArrayList<>();
    for (String name : NAMES) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        found.addAll(entries(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private static List<History.Entry> entries(byte[] lines) {
    List<History.Entry> found = new ArrayList<>();
    int start = 0;
    for (int end = 0; end < lines.length; end++) {
      if (lines[end] == '\n') {
        entry(new String(lines, start, end - start, StandardCharsets.UTF_8)).ifPresent(found::add);
        start = end + 1;
      }
    }
    return found;
  }

  /** Empties the files: what they held has been written down. */
  synchronized void clear() throws IOException {
    for (Part part : parts) {
      part.empty();
    }
  }

  /** Takes an entry; empty if there is no room for it. */
  Optional<Kept> append(History.Entry entry) {
    byte[] line = line(entry);
    synchronized (this) {
      Part part = parts.get(current);
      if (part.size + line.length > MOST_BYTES) {
        return Optional.empty();
      }
      try {
        part.append(line);
      } catch (IOException e) {
        // The place is written again by the next, and a line that was not ended counts for nothing.
        return Optional.empty();
      }
      Part other = parts.get(1 - current);
      if (other.entries == 0 && part.size > MOST_BYTES / 8) {
        current = 1 - current;
      }
      return Optional.of(() -> forget(part));
    }
  }

  private synchronized void forget(Part part) {
    part.entries--;
    if (part.entries == 0) {
      try {
        part.empty();
      } catch (IOException e) {
        // It goes on behind what is there, which is written down twice to the same effect.
        LOG.warn("the history's journal could not be emptied", e);
      }
    }
  }

  private static byte[] line(History.Entry entry) {
    ObjectNode line = JSON.createObjectNode();
    line.put("queryId", entry.queryId()).put("principal", entry.principal());
    line.put("sql", entry.sql());
    entry.kind().ifPresent(kind -> line.put("kind", kind));
    line.put("started", entry.started().toEpochMilli());
    line.put("ended", entry.ended().toEpochMilli());
    line.put("rows", entry.rows()).put("outcome", entry.outcome().name());
    entry.sqlState().ifPresent(state -> line.put("sqlState", state));
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<History.Entry> entry(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      return Optional.of(
          new History.Entry(
              read.required("queryId").textValue(),
              read.required("principal").textValue(),
              read.required("sql").textValue(),
              Optional.ofNullable(read.path("kind").textValue()),
              Instant.ofEpochMilli(read.required("started").longValue()),
              Instant.ofEpochMilli(read.required("ended").longValue()),
              read.required("rows").longValue(),
              History.Outcome.valueOf(read.required("outcome").asText()),
              Optional.ofNullable(read.path("sqlState").textValue())));
    } catch (JsonProcessingException
        | IllegalArgumentException
        | NullPointerException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    for (Part part : parts) {
      try {
        part.file.close();
      } catch (IOException e) {
        LOG.warn("the history's journal was not closed cleanly", e);
      }
    }
  }
}
