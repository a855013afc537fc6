package io.kurobe.adapters.postgres;

import org.apache.arrow.vector.complex.ListVector;

/** Arrays of one dimension: their header, then each element like a field. */
final class ListDecoder implements ColumnDecoder {
  private final ListVector vector;
  private final ColumnDecoder element;
  private final Values problems;
  private int elements;

  ListDecoder(ListVector vector, ColumnDecoder element, Values problems) {
    this.vector = vector;
    this.element = element;
    this.problems = problems;
  }

  @Override
  public void start(int rows) {
    vector.clear();
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    element.start(rows);
    elements = 0;
  }

  @Override
  public void value(CopyInput input, int length, int row) {
    int dimensions = input.int32();
    input.int32(); // whether there are NULLs
    input.int32(); // the elements' type
    if (dimensions > 1) {
      throw problems.unsupported("an array of " + dimensions + " dimensions");
    }
    int count = 0;
    if (dimensions == 1) {
      count = input.int32();
      input.int32(); // the first index
    }
    vector.startNewValue(row);
    for (int i = 0; i < count; i++) {
      element.field(input, elements++);
    }
    vector.endValue(row, count);
  }

  @Override
  public void missing(int row) {
    vector.setNull(row);
  }

  @Override
  public void finish(int rows) {
    element.finish(elements);
    vector.setValueCount(rows);
  }
}
