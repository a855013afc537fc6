package io.kurobe.adapters.jdbc;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * What a source adds to reading by JDBC.
 *
 * @param connections opens a connection of this read's own, in the request's zone
 * @param request the query
 * @param begun looks at what the query gives before a row of it is read
 * @param values makes the driver's own classes standard ones: of a row {@code List}, of an interval
 *     {@code Duration} or {@code Period}; anything else stays
 * @param errors how the source's errors are told
 * @param source its name
 */
public record JdbcRead(
    ConnectionOpener connections,
    ReadRequest request,
    Begun begun,
    Function<Object, Object> values,
    Function<Throwable, KurobeException> errors,
    String source) {

  /** Looks at a query that has begun. */
  @FunctionalInterface
  public interface Begun {
    /**
     * Fails if its rows must not be read.
     *
     * @param connection the query's, which may run others meanwhile
     */
    void check(Connection connection, ResultSetMetaData given) throws SQLException;
  }

  /** Opens a connection. */
  @FunctionalInterface
  public interface ConnectionOpener {
    Connection open() throws SQLException;
  }
}
