package io.kurobe.nl2sql.offline.link;

import io.kurobe.adapters.source.TableMetadata.Column;
import java.util.List;

/** A column as questions meet it: its name in stems, and what its values are like. */
public final class SchemaColumn {
  /** What values are like, as far as questions care. */
  public enum Nature {
    TEXT,
    NUMBER,
    TIME,
    BOOLEAN,
    OTHER
  }

  private final SchemaTable table;
  private final Column metadata;
  private final List<String> words;
  private final Nature nature;
  private boolean foreign;

  SchemaColumn(SchemaTable table, Column metadata, List<String> words) {
    this.table = table;
    this.metadata = metadata;
    this.words = List.copyOf(words);
    this.nature =
        switch (metadata.type().kind()) {
          case CHAR, VARCHAR -> Nature.TEXT;
          case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> Nature.NUMBER;
          case DATE, TIMESTAMP, TIMESTAMP_TZ -> Nature.TIME;
          case BOOLEAN -> Nature.BOOLEAN;
          case NULL,
              VARBINARY,
              TIME,
              INTERVAL_YEAR_MONTH,
              INTERVAL_DAY_TIME,
              UUID,
              JSON,
              ARRAY,
              MAP,
              ROW ->
              Nature.OTHER;
        };
  }

  public SchemaTable table() {
    return table;
  }

  public String name() {
    return metadata.name();
  }

  /** The stems of the name's words, abbreviations expanded. */
  public List<String> words() {
    return words;
  }

  public Nature nature() {
    return nature;
  }

  public Column metadata() {
    return metadata;
  }

  /** Whether it refers to another table. */
  public boolean foreign() {
    return foreign;
  }

  void markForeign() {
    foreign = true;
  }

  /** Whether it is a key, or looks like one: a number that nobody adds up. */
  public boolean identifier() {
    return foreign
        || table.key().contains(this)
        || words.get(words.size() - 1).equals("id")
        || words.get(words.size() - 1).equals("code");
  }

  /** A number worth adding up or comparing. */
  public boolean measure() {
    return nature == Nature.NUMBER && !identifier();
  }

  @Override
  public String toString() {
    return table.name().table() + "." + name();
  }
}
