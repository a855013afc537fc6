package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The database that holds the state, with its schema up to date. Threads share it. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {
  /**
   * Does something in one transaction, which survives the process once this has returned.
   *
   * @throws JdbiException as the database's driver has it
   */
  <T> T inTransaction(Function<Handle, T> work);

  /** What a failure of this database means, as users are told it. */
  KurobeException told(JdbiException failure);

  /** Whether other gateways may use it at the same time. */
  boolean isShared();

  @Override
  void close();
}
