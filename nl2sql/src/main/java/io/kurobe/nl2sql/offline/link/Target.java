package io.kurobe.nl2sql.offline.link;

/** What a span of a question may stand for in the catalog. */
public sealed interface Target {
  /** The table it is, or is part of. */
  SchemaTable table();

  /** A table. */
  record OfTable(SchemaTable table) implements Target {
    @Override
    public String toString() {
      return "table " + table;
    }
  }

  /** A column. */
  record OfColumn(SchemaColumn column) implements Target {
    @Override
    public SchemaTable table() {
      return column.table();
    }

    @Override
    public String toString() {
      return "column " + column;
    }
  }

  /** What rows of a table are called, in several columns. */
  record OfLabel(SchemaTable table) implements Target {
    @Override
    public String toString() {
      return "columns " + table.called();
    }
  }

  /** A value that a column holds, as it is stored. */
  record OfValue(SchemaColumn column, String value) implements Target {
    @Override
    public SchemaTable table() {
      return column.table();
    }

    @Override
    public String toString() {
      return "value '" + value + "' of " + column;
    }
  }
}
