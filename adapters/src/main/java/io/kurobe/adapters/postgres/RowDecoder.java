package io.kurobe.adapters.postgres;

import java.util.List;
import org.apache.arrow.vector.complex.StructVector;

/** Composite values: a count of fields, then each with its type and like a field. */
final class RowDecoder implements ColumnDecoder {
  private final StructVector vector;
  private final List<ColumnDecoder> fields;
  private final Values problems;

  RowDecoder(StructVector vector, List<ColumnDecoder> fields, Values problems) {
    this.vector = vector;
    this.fields = List.copyOf(fields);
    this.problems = problems;
  }

  @Override
  public void start(int rows) {
    vector.clear();
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    fields.forEach(field -> field.start(rows));
  }

  @Override
  public void value(CopyInput input, int length, int row) {
    int count = input.int32();
    if (count != fields.size()) {
      throw problems.unsupported("a row of " + count + " fields, not " + fields.size());
    }
    vector.setIndexDefined(row);
    for (ColumnDecoder field : fields) {
      input.int32(); // the field's type
      field.field(input, row);
    }
  }

  @Override
  public void missing(int row) {
    vector.setNull(row);
    fields.forEach(field -> field.missing(row));
  }

  @Override
  public void finish(int rows) {
    fields.forEach(field -> field.finish(rows));
    vector.setValueCount(rows);
  }
}
