package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * One query to one source.
 *
 * @param sql the query in the source's dialect, unparsed from a bound tree, never a user's text
 * @param columns what it gives, in order: names and the types the batches must have
 * @param zone the session's time zone, set at the source for this query
 * @param timeout how long the source may take to the end of the stream
 * @param batchRows how many rows a batch holds at most
 * @param tables what the query reads, as it was planned over; a source fails with TABLE_ALTERED
 *     rather than give values of one that was altered since
 * @param plain whether the query gives columns of its tables as they are, and does no more with
 *     others than compare them: the types of the result then tell whether a table was altered
 */
public record ReadRequest(
    String sql,
    List<SqlType.Field> columns,
    ZoneId zone,
    Duration timeout,
    int batchRows,
    List<PlannedTable> tables,
    boolean plain) {
  public ReadRequest {
    requireNonNull(sql, "sql is null");
    columns = List.copyOf(columns);
    requireNonNull(zone, "zone is null");
    requireNonNull(timeout, "timeout is null");
    if (batchRows < 1) {
      throw new IllegalArgumentException("batchRows is " + batchRows);
    }
    tables = List.copyOf(tables);
  }

  /** A query of which nobody knows what it reads. */
  public ReadRequest(
      String sql, List<SqlType.Field> columns, ZoneId zone, Duration timeout, int batchRows) {
    this(sql, columns, zone, timeout, batchRows, List.of(), false);
  }

  /** The same query, planned over these tables. */
  public ReadRequest over(List<PlannedTable> planned, boolean plainly) {
    return new ReadRequest(sql, columns, zone, timeout, batchRows, planned, plainly);
  }
}
