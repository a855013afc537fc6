package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.retrieve.index.Synonyms;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the index of the catalog is told of a semantic layer: its synonyms, what metrics and stored
 * values are called, and the layer's descriptions in the place of comments. Immutable; threads
 * share it.
 */
public final class LayerWords implements Synonyms {
  private final SemanticModel model;

  public LayerWords(SemanticModel model) {
    this.model = requireNonNull(model, "model is null");
  }

  /** The catalog as the layer describes it, without what it hides. */
  public CatalogSnapshot described(CatalogSnapshot catalog) {
    return model.isEmpty() ? catalog : SeenCatalog.of(catalog, model, false);
  }

  @Override
  public List<String> of(TableName table, Optional<String> column) {
    Optional<SemanticTable> said = model.table(table);
    List<String> words = new ArrayList<>();
    if (column.isEmpty()) {
      said.ifPresent(each -> words.addAll(each.synonyms()));
      for (Metric metric : model.metrics(table)) {
        words.add(metric.name());
        words.addAll(metric.synonyms());
      }
      return List.copyOf(words);
    }
    said.stream()
        .flatMap(each -> each.columns().stream())
        .filter(each -> each.name().equals(column.get()))
        .forEach(
            each -> {
              words.addAll(each.synonyms());
              // In order, as the index looks whether anything was said anew.
              Map<String, List<String>> values = new TreeMap<>(each.values());
              values.values().forEach(words::addAll);
            });
    return List.copyOf(words);
  }
}
