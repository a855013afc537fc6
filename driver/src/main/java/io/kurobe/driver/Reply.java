package io.kurobe.driver;

/** An answer of the columnar wire that is no error. */
final class Reply {
  /** What follows an answer. */
  enum State {
    /** There may be more rows. */
    MORE,
    /** These were the last rows. */
    END,
    /** The statement gives no rows, or nothing was asked that does. */
    NONE
  }

  private final State state;
  private final byte[] body;

  Reply(State state, byte[] body) {
    this.state = state;
    this.body = body;
  }

  State state() {
    return state;
  }

  /** Part of an Arrow stream, or JSON; not copied. */
  byte[] body() {
    return body;
  }
}
