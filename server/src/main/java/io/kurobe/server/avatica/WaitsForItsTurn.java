package io.kurobe.server.avatica;

import io.kurobe.server.statement.Run;

/**
 * Ends the work on a request whose statement waits for its turn, so that no thread waits with it:
 * the request is answered from its beginning, with the same run, once that waits no more. Avatica's
 * handlers know no other way to give no answer yet.
 */
final class WaitsForItsTurn extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Run run;

  WaitsForItsTurn(Run run) {
    super("the statement waits for its turn", null, false, false);
    this.run = run;
  }

  Run run() {
    return run;
  }
}
