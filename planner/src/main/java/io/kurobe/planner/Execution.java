package io.kurobe.planner;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;

/**
 * A running statement: batches of rows, then what else it did. One thread reads; cancel may come
 * from any other. Whoever started it closes it.
 */
public interface Execution extends BatchStream {
  /** The columns of this execution. */
  List<SqlType.Field> columns();

  /** Warnings so far; complete once the last batch was read. */
  List<Warning> warnings();

  /** What is at work now, in words such as {@code fragment f1 of source orders}. */
  default List<String> atWork() {
    return List.of();
  }

  /** Whether it is known already that no batch follows the last one read. */
  default boolean isExhausted() {
    return false;
  }

  /** How far it is; empty if it has no parts that tell. */
  default Optional<Progress> progress() {
    return Optional.empty();
  }

  /** What was asked of the sources and of the engine so far. */
  default List<Read> reads() {
    return List.of();
  }

  /** The session as the statement changed it. */
  default Optional<Session> changedSession() {
    return Optional.empty();
  }

  /**
   * How far a statement is.
   *
   * @param fragments its parts, which sources and the engine run
   * @param done how many of them have given their last row
   * @param rowsRead how many rows the sources gave so far
   */
  record Progress(int fragments, int done, long rowsRead) {}

  /**
   * Something that was asked.
   *
   * @param runsOn the source's name, or the engine's
   * @param statement in the words of whoever runs it
   */
  record Read(String runsOn, String statement) {}

  /** What the user should know: an SQLSTATE of class 01 and a sentence. */
  record Warning(String sqlState, String message) {}
}
