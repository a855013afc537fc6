package io.kurobe.driver;

import java.util.List;
import org.apache.calcite.avatica.Meta;

/** A first page on its way through Avatica's classes, which know it as a frame without rows. */
final class ColumnarFrame extends Meta.Frame {
  private final ColumnarResult result;

  ColumnarFrame(ColumnarResult result) {
    super(0, true, List.of());
    this.result = result;
  }

  ColumnarResult result() {
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
