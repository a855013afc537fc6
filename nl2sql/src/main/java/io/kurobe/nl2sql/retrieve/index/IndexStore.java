package io.kurobe.nl2sql.retrieve.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lucene index on disk: opened if it is whole and of this form, else made anew; in memory if
 * another server has it. One thread writes, many search.
 */
final class IndexStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexStore.class);

  /** Grows whenever documents are made differently. */
  private static final String FORM = "1";

  private static final double WRITE_BUFFER_MB = 32;

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Map<String, String> userData = new HashMap<>();

  private IndexStore(Directory directory) throws IOException {
    this.directory = directory;
    var config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setRAMBufferSizeMB(WRITE_BUFFER_MB);
    // Merges are made by the thread that writes, which is one and of low priority.
    config.setMergeScheduler(new SerialMergeScheduler());
    config.setCommitOnClose(true);
    writer = new IndexWriter(directory, config);
    try {
      searchers = new SearcherManager(writer, null);
    } catch (IOException | RuntimeException e) {
      writer.rollback();
      throw e;
    }
    userData.put("form", FORM);
  }

  /** Opens the index in a directory, which is made if need be. */
  static IndexStore open(Path path) throws IOException {
    Directory directory;
    try {
      Files.createDirectories(path);
      directory = FSDirectory.open(path);
    } catch (IOException e) {
      LOG.warn(
          "the schema index is kept in memory, as {} cannot be written: {}", path, e.toString());
      return new IndexStore(new ByteBuffersDirectory());
    }
    try {
      Map<String, String> known = check(directory);
      IndexStore store = new IndexStore(directory);
      store.userData.putAll(known);
      return store;
    } catch (LockObtainFailedException e) {
      directory.close();
      LOG.warn(
          "the schema index in {} is another server's; this one keeps its own in memory", path);
      return new IndexStore(new ByteBuffersDirectory());
    } catch (IOException | RuntimeException e) {
      directory.close();
      LOG.warn("the schema index in {} cannot be used and is made anew: {}", path, e.toString());
      delete(path);
      return new IndexStore(FSDirectory.open(path));
    }
  }

  /** What was kept beside the index, if every byte of it is as it was written. */
  private static Map<String, String> check(Directory directory) throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      if (directory.listAll().length > 1) {
        throw new IOException("it has files but no index");
      }
      return Map.of();
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
      Map<String, String> data = reader.getIndexCommit().getUserData();
      if (!FORM.equals(data.get("form"))) {
        throw new IOException("it is of another version");
      }
      return data;
    }
  }

  /** Removes an index. */
  static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        if (!file.equals(path)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  IndexWriter writer() {
    return writer;
  }

  SearcherManager searchers() {
    return searchers;
  }

  /** Lets searches see what was written. */
  void refresh() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(userData.get(key));
  }

  void put(String key, String value) {
    userData.put(key, value);
  }

  /** Puts what was written onto the disk. */
  void commit() throws IOException {
    writer.setLiveCommitData(userData.entrySet());
    writer.commit();
  }

  @Override
  public void close() throws IOException {
    try (directory) {
      searchers.close();
      if (writer.isOpen()) {
        writer.setLiveCommitData(userData.entrySet());
      }
      writer.close();
    }
  }
}
