package io.kurobe.planner.question;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.ModelGate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * What the planner offers while a question is being understood, all inside the asking principal's
 * rights.
 */
public interface QuestionSupport {
  /** The catalog with what the principal may not see taken out. */
  CatalogSnapshot catalog();

  /** Parses a query in Kurobe's SQL; its errors are SYNTAX with a position. */
  SqlNode parse(String sql);

  /**
   * Binds, type-checks and authorizes a query without touching a source. The tree is not changed.
   *
   * @return its columns
   */
  List<SqlType.Field> validate(SqlNode query);

  /**
   * The most frequent values of a column in text form, most frequent first, without NULL and ''.
   * Cached; empty where the column is classified, where the principal sees a mask or the source
   * cannot tell in time.
   */
  List<String> frequentValues(TableName table, String column);

  /**
   * Binds, type-checks and authorizes a query without touching a source, and tells what it came to.
   * The tree is not changed.
   */
  default BoundQuestion bind(SqlNode query) {
    throw new KurobeException(ErrorCode.NOT_SUPPORTED, "queries are not bound here");
  }

  /**
   * Runs a query inside the session's rights to see its first rows; empty where a source it reads
   * is not to be run to compare ({@code selection: plan}), or where it reads too much to be run for
   * that. Stops when the calling thread is interrupted.
   *
   * @param bound what {@link #bind} told of it
   * @param mostRows rows read at most
   * @param patience how long it may take
   * @throws KurobeException if it fails or takes longer
   */
  default Optional<Probe> probe(
      SqlNode query, BoundQuestion bound, int mostRows, Duration patience) {
    return Optional.empty();
  }

  /**
   * What those who keep the data want whoever answers to know, a sentence each; as far as models
   * may be told of it.
   */
  default List<String> instructions() {
    return List.of();
  }

  /** The gate that whatever is told to a language model goes through. */
  default ModelGate models() {
    return ModelGate.CLOSED;
  }
}
