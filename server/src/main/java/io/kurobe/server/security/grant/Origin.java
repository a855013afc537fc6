package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;

/** Where something was said, and so where it can be changed. */
enum Origin {
  /** Kurobe has it of itself. */
  BUILT_IN("built in"),
  /** In the configuration's file. */
  CONFIGURATION("configuration"),
  /** By a statement; it is in the state store. */
  STATEMENT("statement");

  private final String text;

  Origin(String text) {
    this.text = text;
  }

  /**
   * Refuses to change what no statement can change.
   *
   * @param what begins the sentence
   */
  void requireChangeable(String what) {
    switch (this) {
      case BUILT_IN -> throw new KurobeException(ErrorCode.NOT_ALLOWED, what + " is built in");
      case CONFIGURATION ->
          throw new KurobeException(ErrorCode.NOT_ALLOWED, what + " is of the configuration's file")
              .withHint("change it there and start the gateway anew");
      case STATEMENT -> {}
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
