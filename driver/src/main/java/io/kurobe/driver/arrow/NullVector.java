package io.kurobe.driver.arrow;

/** A column of nothing but NULL; it has no buffers. */
public final class NullVector extends ColumnVector {
  NullVector() {
    super(Validity.ALL_NULLS);
  }

  @Override
  public Object object(int row) {
    throw new IllegalStateException("the value is NULL");
  }
}
