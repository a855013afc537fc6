package io.kurobe.nl2sql.semantic;

import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.semantic.ModelCheck.Problem;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a semantic model does not fit a catalog: names that are not there, synonyms that are the
 * names of something else. A source whose tables are not known yet is left out.
 */
public final class CatalogCheck {
  private final SemanticModel model;
  private final CatalogSnapshot catalog;
  private final List<Problem> problems = new ArrayList<>();

  private CatalogCheck(SemanticModel model, CatalogSnapshot catalog) {
    this.model = model;
    this.catalog = catalog;
  }

  /** The mistakes; none if the model fits. */
  public static List<Problem> of(SemanticModel model, CatalogSnapshot catalog) {
    var check = new CatalogCheck(model, catalog);
    check.tables();
    check.metrics();
    check.shadows();
    return List.copyOf(check.problems);
  }

  private boolean isKnown(String source) {
    return catalog
        .source(source)
        .filter(known -> known.metadata().schemas().stream().anyMatch(s -> !s.tables().isEmpty()))
        .isPresent();
  }

  private void tables() {
    for (SemanticTable table : model.tables()) {
      Optional<TableMetadata> metadata = found(table.name(), table.origin());
      if (metadata.isEmpty()) {
        continue;
      }
      for (SemanticColumn column : table.columns()) {
        column(metadata.get(), table.name(), column.name(), column.origin());
      }
      table.time().ifPresent(time -> column(metadata.get(), table.name(), time, table.origin()));
      table
          .filter()
          .ifPresent(
              filter ->
                  expression(
                      "the filter of " + table.name(),
                      filter,
                      metadata.get().columns().stream().map(TableMetadata.Column::name).toList(),
                      table.origin()));
    }
  }

  private Optional<TableMetadata> found(TableName name, Origin origin) {
    Optional<TableMetadata> metadata = catalog.table(name);
    if (metadata.isPresent()) {
      return metadata;
    }
    if (catalog.source(name.source()).isEmpty()) {
      problems.add(new Problem(origin, "no source is named '" + name.source() + "'"));
    } else if (isKnown(name.source())) {
      List<String> names = new ArrayList<>();
      for (SchemaMetadata schema : catalog.source(name.source()).get().metadata().schemas()) {
        schema.tables().forEach(table -> names.add(table.name()));
      }
      problems.add(new Problem(origin, "there is no table " + name + nearest(name.table(), names)));
    }
    return Optional.empty();
  }

  private void column(TableMetadata table, TableName name, String column, Origin origin) {
    List<String> names = table.columns().stream().map(TableMetadata.Column::name).toList();
    if (!names.contains(column)) {
      problems.add(
          new Problem(
              origin, "table " + name + " has no column " + column + nearest(column, names)));
    }
  }

  private static String nearest(String word, List<String> names) {
    return NearestNames.of(word, names).stream()
        .findFirst()
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("");
  }

  private void metrics() {
    for (Metric metric : model.metrics()) {
      Optional<TableMetadata> table = found(metric.table(), metric.origin());
      boolean shadows =
          table.stream()
              .flatMap(found -> found.columns().stream())
              .anyMatch(column -> column.name().equalsIgnoreCase(metric.column()));
      if (shadows) {
        problems.add(
            new Problem(
                metric.origin(),
                "metric '" + metric.name() + "' has the name of a column of " + metric.table()));
      }
      if (table.isPresent() && joins(metric)) {
        String what = "metric '" + metric.name() + "'";
        List<String> columns = columns(metric, table.get());
        List<String> names = new ArrayList<>(columns);
        model.metrics(metric.table()).forEach(other -> names.add(other.column()));
        if (expression(what, metric.expression(), names, metric.origin())) {
          ExpressionCheck.notAggregate(metric.expression(), metricsOf(metric.table()))
              .ifPresent(
                  reason -> problems.add(new Problem(metric.origin(), what + ": " + reason)));
        }
        metric
            .filter()
            .ifPresent(
                filter -> expression("the filter of " + what, filter, columns, metric.origin()));
      }
    }
  }

  private Set<String> metricsOf(TableName table) {
    return model.metrics(table).stream().map(Metric::column).collect(Collectors.toSet());
  }

  /** What a metric may name: its table's columns, and those of joined tables with their tables. */
  private List<String> columns(Metric metric, TableMetadata table) {
    List<String> columns = new ArrayList<>();
    table.columns().forEach(column -> columns.add(column.name()));
    for (TableName name : metric.tables()) {
      catalog
          .table(name)
          .ifPresent(
              found ->
                  found
                      .columns()
                      .forEach(column -> columns.add(name.table() + "." + column.name())));
    }
    return columns;
  }

  /** Whether a metric's joins lead each row to one of the other table at most. */
  private boolean joins(Metric metric) {
    int before = problems.size();
    for (MetricJoin join : metric.joins()) {
      Optional<TableMetadata> from = catalog.table(join.from());
      from.ifPresent(
          table ->
              join.fromColumns()
                  .forEach(column -> column(table, join.from(), column, metric.origin())));
      Optional<TableMetadata> to = found(join.to(), metric.origin());
      if (to.isEmpty()) {
        return false;
      }
      join.toColumns().forEach(column -> column(to.get(), join.to(), column, metric.origin()));
      Set<String> joined = Set.copyOf(join.toColumns());
      boolean unique =
          !to.get().primaryKey().isEmpty() && joined.containsAll(to.get().primaryKey())
              || to.get().uniqueKeys().stream().anyMatch(joined::containsAll);
      if (problems.size() == before && !unique) {
        problems.add(
            new Problem(
                metric.origin(),
                "metric '"
                    + metric.name()
                    + "' would count rows several times: "
                    + String.join(", ", join.toColumns())
                    + " is no key of "
                    + join.to()));
      }
    }
    return problems.size() == before;
  }

  private boolean expression(String what, String text, List<String> names, Origin origin) {
    Optional<String> reason = ExpressionCheck.of(text, names);
    reason.ifPresent(why -> problems.add(new Problem(origin, what + ": " + why)));
    return reason.isEmpty();
  }

  /** A synonym that is the name of another table or column would change what that means. */
  private void shadows() {
    Map<String, String> names = new HashMap<>();
    for (SourceCatalog source : catalog.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        for (TableMetadata table : schema.tables()) {
          TableName name = new TableName(source.name(), schema.name(), table.name());
          names.put(words(table.name()), "table " + name);
          table
              .columns()
              .forEach(
                  column ->
                      names.putIfAbsent(
                          words(column.name()), "column " + name + "." + column.name()));
        }
      }
    }
    for (SemanticTable table : model.tables()) {
      table
          .synonyms()
          .forEach(word -> shadow(names, word, "table " + table.name(), table.origin()));
      for (SemanticColumn column : table.columns()) {
        String meaning = "column " + table.name() + "." + column.name();
        column.synonyms().forEach(word -> shadow(names, word, meaning, column.origin()));
        column
            .values()
            .forEach(
                (value, words) ->
                    words.forEach(
                        word ->
                            shadow(
                                names,
                                word,
                                "value '" + value + "' of " + meaning,
                                column.origin())));
      }
    }
    for (Metric metric : model.metrics()) {
      metric
          .synonyms()
          .forEach(word -> shadow(names, word, "metric " + metric.name(), metric.origin()));
    }
  }

  private void shadow(Map<String, String> names, String word, String meaning, Origin origin) {
    String owner = names.get(words(word));
    if (owner != null && !owner.equals(meaning)) {
      problems.add(
          new Problem(
              origin, "'" + word + "' cannot mean " + meaning + ": it is the name of " + owner));
    }
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
