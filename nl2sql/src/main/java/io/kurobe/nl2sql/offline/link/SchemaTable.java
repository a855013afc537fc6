package io.kurobe.nl2sql.offline.link;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table as questions meet it. */
public final class SchemaTable {
  private final TableName name;
  private final TableMetadata metadata;
  private final List<String> words;
  private final Lexicon lexicon;
  private final List<SchemaColumn> columns = new ArrayList<>();
  private final List<Join> joins = new ArrayList<>();
  private final @Nullable Join reached;

  SchemaTable(TableName name, TableMetadata metadata, List<String> words, Lexicon lexicon) {
    this.lexicon = lexicon;
    this.name = name;
    this.metadata = metadata;
    this.words = List.copyOf(words);
    this.reached = null;
  }

  /** A table once more, as what one way leads to. */
  private SchemaTable(SchemaTable same, Join way) {
    name = same.name;
    metadata = same.metadata;
    words = same.words;
    lexicon = same.lexicon;
    same.columns.forEach(column -> columns.add(column.in(this)));
    List<SchemaColumn> there =
        way.toColumns().stream().map(column -> columns.get(same.columns.indexOf(column))).toList();
    reached = new Join(way.from(), way.fromColumns(), this, there, way.toOne(), way.declared());
    joins.add(new Join(this, there, way.from(), way.fromColumns(), false, way.declared()));
  }

  /**
   * The table that a way leads to once more, in the role it has there: a manager beside employees.
   * No way but that one leads there and back.
   */
  public static SchemaTable inRole(Join way) {
    return new SchemaTable(way.to(), way);
  }

  /** The only way here, of a table in a role; null if it is no role. */
  public @Nullable Join reached() {
    return reached;
  }

  void add(SchemaColumn column) {
    columns.add(column);
  }

  void add(Join join) {
    joins.add(join);
  }

  public TableName name() {
    return name;
  }

  public TableMetadata metadata() {
    return metadata;
  }

  /** The stems of the name's words. */
  public List<String> words() {
    return words;
  }

  /** The language that its names are read in. */
  public Lexicon lexicon() {
    return lexicon;
  }

  public List<SchemaColumn> columns() {
    return Collections.unmodifiableList(columns);
  }

  /** The ways to other tables, seen from here. */
  public List<Join> joins() {
    return Collections.unmodifiableList(joins);
  }

  /** The primary key's columns; where none is declared, the column that is called like one. */
  public List<SchemaColumn> key() {
    if (metadata.primaryKey().isEmpty()) {
      return KeyNames.key(this).map(List::of).orElse(List.of());
    }
    return columns.stream()
        .filter(column -> metadata.primaryKey().contains(column.name()))
        .toList();
  }

  public Optional<SchemaColumn> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /**
   * The columns by which people call a row: a name or a title, first and last name together; empty
   * if there is none.
   */
  public List<SchemaColumn> label() {
    List<SchemaColumn> firstAndLast = new ArrayList<>();
    for (SchemaColumn column : columns) {
      if (ownIs(column, NameClass.FIRST_NAME) || ownIs(column, NameClass.LAST_NAME)) {
        firstAndLast.add(column);
      }
    }
    if (firstAndLast.size() == 2) {
      return firstAndLast;
    }
    for (NameClass wanted : List.of(NameClass.NAME, NameClass.TITLE)) {
      SchemaColumn best = null;
      for (SchemaColumn column : columns) {
        List<String> w = column.words();
        if (!column.ends(wanted) || column.nature() == SchemaColumn.Nature.NUMBER) {
          continue;
        }
        boolean own = w.size() == 1 || words.containsAll(w.subList(0, w.size() - 1));
        if (own) {
          return List.of(column);
        }
        if (best == null) {
          best = column;
        }
      }
      if (best != null) {
        return List.of(best);
      }
    }
    for (SchemaColumn column : columns) {
      if (column.nature() == SchemaColumn.Nature.TEXT && column.words().equals(words)) {
        return List.of(column);
      }
    }
    return List.of();
  }

  /** Whether a column's words, without the table's before them, are of a class. */
  private boolean ownIs(SchemaColumn column, NameClass name) {
    return column.ends(name) && lexicon.is(String.join(" ", own(column)), name);
  }

  private List<String> own(SchemaColumn column) {
    List<String> w = column.words();
    int from = 0;
    while (from < w.size() - 1 && words.contains(w.get(from))) {
      from++;
    }
    return w.subList(from, w.size());
  }

  /** What is meant by the name of a row: its label, or for want of one what describes it. */
  public List<SchemaColumn> called() {
    List<SchemaColumn> label = label();
    if (!label.isEmpty()) {
      return label;
    }
    for (SchemaColumn column : columns) {
      List<String> w = column.words();
      boolean own = w.size() > 1 && words.containsAll(w.subList(0, w.size() - 1));
      if (column.nature() == SchemaColumn.Nature.TEXT && own && column.ends(NameClass.TELLING)) {
        return List.of(column);
      }
    }
    return List.of();
  }

  @Override
  public String toString() {
    return name.table();
  }
}
