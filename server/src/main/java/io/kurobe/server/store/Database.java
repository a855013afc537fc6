package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The database that holds the state, with its schema up to date. Threads share it. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {
  /** What is survived by what a transaction did. */
  enum Survives {
    /** That the gateway is killed. */
    A_KILLED_PROCESS,
    /** That its machine loses power, too. */
    A_LOST_MACHINE
  }

  /**
   * Does something in one transaction, which survives so much at least once this has returned.
   *
   * @throws JdbiException as the database's driver has it
   */
  <T> T inTransaction(Survives survives, Function<Handle, T> work);

  /** What a failure of this database means, as users are told it. */
  KurobeException told(JdbiException failure);

  /** Whether other gateways may use it at the same time. */
  boolean isShared();

  @Override
  void close();
}
