package io.kurobe.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** How far a statement was when the server was asked. Immutable. */
public final class StatementProgress {
  private final JsonNode told;

  StatementProgress(JsonNode told) {
    this.told = told;
  }

  /** By which {@code system.runtime.queries} and the server's log know it. */
  public String queryId() {
    return told.path("queryId").asText();
  }

  /** QUEUED, PLANNING or RUNNING. */
  public String state() {
    return told.path("state").asText();
  }

  /** Since the server has it. */
  public Duration elapsed() {
    return Duration.ofMillis(told.path("elapsedMillis").asLong());
  }

  /** Into how many parts it was cut, which sources and the engine run; 0 while it is planned. */
  public int fragments() {
    return told.path("fragments").asInt();
  }

  /** How many of them have given their last row. */
  public int fragmentsDone() {
    return told.path("fragmentsDone").asInt();
  }

  /** How many rows the sources gave so far. */
  public long rowsRead() {
    return told.path("rowsRead").asLong();
  }

  /** How many rows of the result have left the server. */
  public long rows() {
    return told.path("rows").asLong();
  }

  @Override
  public String toString() {
    return state()
        + ": "
        + fragmentsDone()
        + " of "
        + fragments()
        + " fragments, "
        + rowsRead()
        + " rows read, "
        + rows()
        + " given";
  }
}
