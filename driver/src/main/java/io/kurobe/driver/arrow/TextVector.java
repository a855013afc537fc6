package io.kurobe.driver.arrow;

import java.nio.charset.StandardCharsets;

/** Texts in UTF-8; those of a CHAR get the blanks that its length adds. */
public final class TextVector extends ColumnVector {
  private final Offsets offsets;
  private final Slice values;
  private final int length;

  /**
   * Texts of a column.
   *
   * @param length how many characters each has at least
   */
  TextVector(Validity validity, Offsets offsets, Slice values, int length) {
    super(validity);
    this.offsets = offsets;
    this.values = values;
    this.length = length;
  }

  /** The value of a row that is not NULL. */
  public String value(int row) {
    int start = offsets.start(row);
    String text =
        new String(
            values.bytes(),
            values.start() + start,
            offsets.end(row) - start,
            StandardCharsets.UTF_8);
    return length == 0 ? text : padded(text);
  }

  private String padded(String text) {
    int missing = length - text.codePointCount(0, text.length());
    return missing > 0 ? text + " ".repeat(missing) : text;
  }

  @Override
  public Object object(int row) {
    return value(row);
  }
}
