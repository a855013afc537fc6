package io.kurobe.nl2sql.semantic;

import io.kurobe.planner.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The semantic layer of a deployment: what its people say of tables, columns, values and metrics.
 * Immutable; threads share it.
 *
 * @param instructions what whoever answers should know, a sentence each
 */
public record SemanticModel(
    List<SemanticTable> tables, List<Metric> metrics, List<String> instructions) {
  /** Nothing is said. */
  public static final SemanticModel NONE = new SemanticModel(List.of(), List.of(), List.of());

  public SemanticModel {
    tables = List.copyOf(tables);
    metrics = List.copyOf(metrics);
    instructions = List.copyOf(instructions);
  }

  public boolean isEmpty() {
    return tables.isEmpty() && metrics.isEmpty() && instructions.isEmpty();
  }

  /** What is said of a table. */
  public Optional<SemanticTable> table(TableName name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /** The metrics over a table. */
  public List<Metric> metrics(TableName name) {
    return metrics.stream().filter(metric -> metric.table().equals(name)).toList();
  }
}
