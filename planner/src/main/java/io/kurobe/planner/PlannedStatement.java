package io.kurobe.planner;

import io.kurobe.adapters.type.SqlType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement ready to run, any number of times. Threads share it. */
public interface PlannedStatement {
  /** What kind of statement this is. */
  Kind kind();

  /**
   * The columns of the result: labels and types. Empty for a command, and for {@code ASK ?}, whose
   * columns are known only by each {@link Execution}.
   */
  List<SqlType.Field> columns();

  /** Where a column of the result comes from, by position; empty for an expression. */
  List<Optional<Origin>> origins();

  /** The tables that it reads, as {@code source.schema.table}; those that views read included. */
  default List<String> tables() {
    return List.of();
  }

  /** The types of the parameters, in order of their {@code ?}. */
  List<SqlType> parameters();

  /**
   * Starts it.
   *
   * @param parameters values of the parameters as java.lang, BigDecimal, byte[], java.time or UUID
   *     objects, lengths of time as Interval; an array or a row is a List of such, a map a Map
   * @return the running statement; the caller closes it
   */
  Execution start(List<@Nullable Object> parameters, ExecutionOptions options);

  /** Kinds of statements. */
  enum Kind {
    /** Gives rows. */
    QUERY,
    /** Gives rows that tell of the session or the catalog, and leaves both as they are. */
    SHOW,
    /** Changes the session or the catalog and gives none. */
    COMMAND
  }

  /** A column of a table. */
  record Origin(String source, String schema, String table, String column) {}
}
