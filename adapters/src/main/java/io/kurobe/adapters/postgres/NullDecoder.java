package io.kurobe.adapters.postgres;

import org.apache.arrow.vector.NullVector;

/** A column whose type says that all of it is NULL. */
record NullDecoder(NullVector vector) implements ColumnDecoder {
  @Override
  public void start(int rows) {
    vector.clear();
  }

  @Override
  public void value(CopyInput input, int length, int row) {
    input.skip(length);
  }

  @Override
  public void missing(int row) {}

  @Override
  public void finish(int rows) {
    vector.setValueCount(rows);
  }
}
