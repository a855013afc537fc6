package io.kurobe.driver.http;

import java.io.IOException;

/** An exchange took longer than it was given. */
public final class TimedOutException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean connected;

  TimedOutException(boolean connected, IOException cause) {
    super(connected ? "no answer in time" : "no connection in time", cause);
    this.connected = connected;
  }

  /** Whether there was a connection already, so that the server may have done what was asked. */
  public boolean isConnected() {
    return connected;
  }
}
