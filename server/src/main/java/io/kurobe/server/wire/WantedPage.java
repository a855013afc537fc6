package io.kurobe.server.wire;

/**
 * What a client wants of a page.
 *
 * @param rows of it at most
 * @param compressed whether it reads frames of LZ4
 */
record WantedPage(long rows, boolean compressed) {
  /** The name of the codec, as clients say it. */
  static final String LZ4 = "lz4";

  /** What is given to those who say nothing. */
  static final WantedPage WHATEVER_FITS = new WantedPage(Long.MAX_VALUE, false);
}
