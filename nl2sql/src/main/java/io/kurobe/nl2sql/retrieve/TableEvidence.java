package io.kurobe.nl2sql.retrieve;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.TableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What speaks for a table, and for each of its columns. One thread uses it. */
final class TableEvidence {
  private final TableName name;
  private final TableMetadata table;
  private final double[] covered;
  private final Map<String, Double> columns = new HashMap<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private double meaning;
  private double words;
  private double stored;
  private double called;

  TableEvidence(TableName name, TableMetadata table, int words) {
    this.name = name;
    this.table = table;
    this.covered = new double[words];
  }

  TableName name() {
    return name;
  }

  TableMetadata table() {
    return table;
  }

  /** How well each telling word of the question is named by the table or a column, 0 to 1. */
  double[] covered() {
    return covered;
  }

  /** How alike question and table are in meaning, 0 to 1. */
  double meaning() {
    return meaning;
  }

  void meaning(double value) {
    meaning = value;
  }

  /** How alike question and table are in words, 0 to 1. */
  double words() {
    return words;
  }

  void words(double value) {
    words = value;
  }

  /** How well stored values of the table are among the question's words, 0 to 1. */
  double stored() {
    return stored;
  }

  /** How well the table's own name is among the question's words, 0 to 1. */
  double called() {
    return called;
  }

  void called(double value) {
    called = value;
  }

  /** That a word is named. */
  void cover(int word, double likeness) {
    covered[word] = Math.max(covered[word], likeness);
  }

  /** That a column is named. */
  void column(String column, double likeness) {
    columns.merge(column, likeness, Math::max);
  }

  /** How well a column is named, 0 to 1. */
  double column(String column) {
    return columns.getOrDefault(column, 0.0);
  }

  /** That a stored value of a column is asked for. */
  void value(String column, List<String> found, double likeness) {
    values.put(column, found);
    stored = Math.max(stored, likeness);
    column(column, likeness);
  }

  /** The values of a column that the question seems to mention. */
  List<String> values(String column) {
    return values.getOrDefault(column, List.of());
  }
}
