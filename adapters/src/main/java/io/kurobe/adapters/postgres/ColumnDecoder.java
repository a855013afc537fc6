package io.kurobe.adapters.postgres;

/**
 * Writes one column of a binary COPY into its vector. Rows are given in order from 0, each by
 * {@link #value} or {@link #missing}, between {@link #start} and {@link #finish}; every batch has
 * buffers of its own, because a consumer may keep those of the last one.
 */
interface ColumnDecoder {
  /** Begins a batch that will have about this many rows. */
  void start(int rows);

  /** Takes a value of a length in bytes. */
  void value(CopyInput input, int length, int row);

  /** Takes a NULL. */
  void missing(int row);

  /** Ends a batch of exactly this many rows. */
  void finish(int rows);

  /** Takes a field: its length, then its value unless it is NULL. */
  default void field(CopyInput input, int row) {
    int length = input.int32();
    if (length < 0) {
      missing(row);
    } else {
      value(input, length, row);
    }
  }
}
