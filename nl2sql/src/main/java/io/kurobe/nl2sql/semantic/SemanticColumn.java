package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of a column.
 *
 * @param unit of its values, such as {@code EUR}
 * @param hidden whether questions do not see it; it is no right: SQL still does
 * @param values what people call stored values, by the value as it is stored
 */
public record SemanticColumn(
    String name,
    Optional<String> description,
    List<String> synonyms,
    Optional<String> unit,
    boolean hidden,
    Map<String, List<String>> values,
    Origin origin) {
  public SemanticColumn {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    synonyms = List.copyOf(synonyms);
    requireNonNull(unit, "unit is null");
    values = Map.copyOf(values);
    requireNonNull(origin, "origin is null");
  }
}
