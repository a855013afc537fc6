package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

/**
 * Where something was said.
 *
 * @param file the file's name
 * @param line from 1; 0 if it is not known
 */
public record Origin(String file, int line) {
  public Origin {
    requireNonNull(file, "file is null");
  }

  @Override
  public String toString() {
    return line > 0 ? file + ":" + line : file;
  }
}
