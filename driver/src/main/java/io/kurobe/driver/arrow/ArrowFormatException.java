package io.kurobe.driver.arrow;

/** Bytes that are not an Arrow stream, or one with something in it that Kurobe never sends. */
public final class ArrowFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArrowFormatException(String message) {
    super(message);
  }

  ArrowFormatException(String message, RuntimeException cause) {
    super(message, cause);
  }
}
