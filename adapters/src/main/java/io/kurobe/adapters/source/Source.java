package io.kurobe.adapters.source;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDialect;

/**
 * One source of data: its catalog, what it can do, and a way to read a query's rows. Threads may
 * share it. A source that overrides nothing optional is correct and slow; each override makes it
 * faster. Metadata cache, retry, metrics and circuit breaker are decorators over this interface.
 *
 * <p>Every method that reaches the source throws {@link KurobeException} with SOURCE_UNAVAILABLE or
 * SOURCE_FAILED and the source's name in the message.
 */
public interface Source extends AutoCloseable {
  /** What the configuration said. */
  SourceConfig config();

  /** The name, which is the JDBC catalog. */
  default String name() {
    return config().name();
  }

  /** The schema that a two-part name means, and where bare names are looked up. */
  String defaultSchema();

  /** Reads the whole catalog in a bounded number of round trips, whatever its size. */
  CatalogMetadata readCatalog();

  /**
   * The catalog under another name of the same cluster, for a source that is one catalog of a
   * cluster, and whose statements may name the others; empty for what has no other.
   */
  default Optional<CatalogMetadata> readCatalog(String clusterCatalog) {
    return Optional.empty();
  }

  /** What the source knows of a table's contents; empty where it knows nothing. */
  default Optional<TableStatistics> statistics(String schema, String table) {
    return Optional.empty();
  }

  /** How SQL is written for this source. Identifiers are always quoted. */
  SqlDialect dialect();

  /**
   * What may be pushed down; of no interest where the source is {@linkplain #attachedAs attached}.
   */
  Capabilities capabilities();

  /**
   * Runs a query and streams its rows. The stream has exactly the requested columns, matched by
   * position, in their Arrow form ({@link io.kurobe.adapters.type.ArrowTypes}).
   */
  BatchStream read(ReadRequest request);

  /**
   * Streams columns of one table, for a source that is asked in no language: among its {@linkplain
   * #capabilities capabilities} is no operation, or that of filtering by texts that columns equal,
   * so that this is all that is wanted of it. Empty, the default, leaves it to {@link #read}.
   */
  default Optional<BatchStream> scan(ScanRequest request) {
    return Optional.empty();
  }

  /**
   * Whether a column that is text here is plain text to the source too. What is not, such as an
   * enum or a text with a collation of its own, is made plain in the scan, so that it is compared
   * and grouped as text.
   *
   * @param nativeType the source's name of the column's type
   */
  default boolean isPlainText(String nativeType) {
    return true;
  }

  /**
   * The source's function that makes text of a column that is not plain text there; empty where a
   * cast does.
   *
   * @param nativeType the source's name of the column's type
   */
  default Optional<String> textFunction(String nativeType) {
    return Optional.empty();
  }

  /**
   * What stands behind a table's name in a query to read only random blocks of it, so that a sample
   * costs no more than its rows; empty where the source cannot.
   *
   * @param percent of the table's blocks, above 0 and up to 100
   */
  default Optional<String> randomBlocks(double percent) {
    return Optional.empty();
  }

  /** What is sent to the source to run a query, as EXPLAIN shows it. */
  default String statement(String sql) {
    return sql;
  }

  /**
   * The name under which this source is attached to the process's DuckDB instance; empty where rows
   * must be staged. The tables of an attached source are {@code "name"."schema"."table"} there.
   */
  default Optional<String> attachedAs() {
    return Optional.empty();
  }

  /**
   * Compares tables with those that a plan was made over, where the source is {@linkplain
   * #attachedAs attached}, so that the engine reads them without asking it. It is asked for this
   * after the engine's statement was bound.
   *
   * @throws KurobeException with TABLE_ALTERED if one was altered since
   */
  default void requireUnaltered(List<PlannedTable> tables) {}

  /**
   * An error that the engine met, with the name of this source and its table if it speaks of a file
   * of an {@linkplain #attachedAs attached} source, of which the engine knows no more; else as it
   * is.
   */
  default KurobeException told(KurobeException error) {
    return error;
  }

  /** Asks the source whether it answers. Never throws. */
  Health health();

  @Override
  void close();
}
