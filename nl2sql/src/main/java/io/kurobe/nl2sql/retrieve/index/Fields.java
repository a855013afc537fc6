package io.kurobe.nl2sql.retrieve.index;

import io.kurobe.planner.catalog.TableName;

/** The fields of the index's documents: one a table, one a column, one an embedded text. */
final class Fields {
  /** What a document is: {@link #TABLE}, {@link #COLUMN} or {@link #EMBEDDED}. */
  static final String KIND = "kind";

  static final String TABLE = "table";
  static final String COLUMN = "column";
  static final String EMBEDDED = "embedded";

  /** The full name of the table that a table or a column is. */
  static final String NAME = "name";

  /** A column's name. */
  static final String COLUMN_NAME = "columnName";

  /** Prints of what a table's documents say of its names and of its values. */
  static final String PRINT = "print";

  static final String VALUES_PRINT = "valuesPrint";

  /** Stems of the own name and its synonyms; of comments; of a table's columns; of where it is. */
  static final String WORDS = "words";

  static final String ABOUT = "about";
  static final String PARTS = "parts";
  static final String PLACE = "place";

  /** A column's values, whole and in lower case. */
  static final String VALUE = "value";

  /** The text that stands for a table or a column. */
  static final String TEXT = "text";

  /** The text that was embedded. */
  static final String EMBEDDED_TEXT = "embeddedText";

  /** The embedding of a text that stands for a table, and of one that does for a column. */
  static final String TABLE_MEANING = "tableMeaning";

  static final String COLUMN_MEANING = "columnMeaning";

  private static final char BETWEEN = '\u0000';

  private Fields() {}

  static String key(TableName name) {
    return name.source() + BETWEEN + name.schema() + BETWEEN + name.table();
  }

  static TableName name(String key) {
    int first = key.indexOf(BETWEEN);
    int second = key.indexOf(BETWEEN, first + 1);
    return new TableName(
        key.substring(0, first), key.substring(first + 1, second), key.substring(second + 1));
  }
}
