package io.kurobe.adapters.error;

/**
 * A place in the text of a statement; line and column count from 1.
 *
 * @param line the line
 * @param column the column within the line, in UTF-16 units
 */
public record StatementPosition(int line, int column) {
  public StatementPosition {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line and column count from 1: " + line + ", " + column);
    }
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
