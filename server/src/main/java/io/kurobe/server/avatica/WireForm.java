package io.kurobe.server.avatica;

/** How values that Avatica's numbers would shorten are written. */
public enum WireForm {
  /** As every Avatica client reads them: times in milliseconds, instants as a wall clock. */
  STOCK,
  /**
   * As Kurobe's driver asks for by the header {@value #HEADER}: times, timestamps and instants as
   * ISO 8601 text with microseconds, instants in UTC.
   */
  EXACT;

  /** The request's header; its value is {@value #EXACT_VALUE}, any other means the stock form. */
  public static final String HEADER = "Kurobe-Wire";

  private static final String EXACT_VALUE = "1";

  private static final int MICROSECOND_DIGITS = 6;
  private static final int MILLISECOND_DIGITS = 3;

  /** The form that a request's header asks for; null means that there is none. */
  public static WireForm of(@org.jspecify.annotations.Nullable String header) {
    return EXACT_VALUE.equals(header) ? EXACT : STOCK;
  }

  /** What arrives of a second's fraction. */
  int fractionDigits() {
    return this == EXACT ? MICROSECOND_DIGITS : MILLISECOND_DIGITS;
  }
}
