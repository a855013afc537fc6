package io.kurobe.nl2sql.semantic;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A catalog as questions see it: without what is hidden from them, with the layer's descriptions in
 * the place of the sources' comments and, where it is wanted, with metrics as columns of their
 * tables.
 */
final class SeenCatalog {
  private SeenCatalog() {}

  static CatalogSnapshot of(CatalogSnapshot catalog, SemanticModel model, boolean withMetrics) {
    List<SourceCatalog> sources = new ArrayList<>();
    for (SourceCatalog source : catalog.sources()) {
      List<SchemaMetadata> schemas = new ArrayList<>();
      for (SchemaMetadata schema : source.metadata().schemas()) {
        List<TableMetadata> tables = new ArrayList<>();
        for (TableMetadata table : schema.tables()) {
          var name = new TableName(source.name(), schema.name(), table.name());
          List<Metric> metrics =
              model.metrics(name).stream().filter(metric -> isSeen(metric, catalog)).toList();
          tables.add(table(table, model.table(name), metrics, withMetrics));
        }
        schemas.add(new SchemaMetadata(schema.name(), tables));
      }
      sources.add(
          new SourceCatalog(source.config(), source.defaultSchema(), new CatalogMetadata(schemas)));
    }
    return new CatalogSnapshot(catalog.version(), sources, catalog.relations());
  }

  /** Whether a catalog has all that a metric reads. */
  static boolean isSeen(Metric metric, CatalogSnapshot catalog) {
    return metric.tables().stream().allMatch(table -> catalog.table(table).isPresent());
  }

  private static TableMetadata table(
      TableMetadata table,
      Optional<SemanticTable> said,
      List<Metric> metrics,
      boolean withMetrics) {
    if (said.isEmpty() && metrics.isEmpty()) {
      return table;
    }
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      Optional<SemanticColumn> known =
          said.stream()
              .flatMap(each -> each.columns().stream())
              .filter(each -> each.name().equals(column.name()))
              .findFirst();
      if (known.isEmpty() || !known.get().hidden()) {
        columns.add(known.map(each -> described(column, each)).orElse(column));
      }
    }
    said.flatMap(SemanticTable::time).ifPresent(time -> timeFirst(columns, time));
    if (withMetrics) {
      metrics.forEach(metric -> columns.add(column(metric)));
    }
    return new TableMetadata(
        table.name(),
        table.kind(),
        comment(table, said, withMetrics ? List.of() : metrics),
        columns,
        table.primaryKey(),
        table.uniqueKeys(),
        table.foreignKeys(),
        table.rowCount(),
        table.primaryKeyName(),
        table.indexes());
  }

  private static Optional<String> comment(
      TableMetadata table, Optional<SemanticTable> said, List<Metric> metrics) {
    List<String> parts = new ArrayList<>();
    said.flatMap(SemanticTable::description).or(table::comment).ifPresent(parts::add);
    if (!metrics.isEmpty()) {
      parts.add(
          "metrics: "
              + String.join(
                  "; ",
                  metrics.stream()
                      .map(
                          metric ->
                              metric.name()
                                  + " = "
                                  + metric.expression()
                                  + metric.filter().map(f -> " where " + f).orElse(""))
                      .toList()));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  private static Column described(Column column, SemanticColumn said) {
    Optional<String> description = said.description().or(column::comment);
    Optional<String> comment =
        said.unit()
            .map(unit -> description.map(text -> text + ", in " + unit).orElse("in " + unit))
            .or(() -> description);
    return new Column(
        column.name(),
        column.type(),
        column.nullable(),
        column.nativeType(),
        comment,
        column.defaultValue(),
        column.generation());
  }

  /** Of several times the first is meant where a question does not say which. */
  private static void timeFirst(List<Column> columns, String time) {
    int first = -1;
    for (int i = 0; i < columns.size(); i++) {
      boolean isTime =
          switch (columns.get(i).type().kind()) {
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> true;
            default -> false;
          };
      if (isTime && first < 0) {
        first = i;
      }
      if (columns.get(i).name().equals(time) && first >= 0) {
        columns.add(first, columns.remove(i));
        return;
      }
    }
  }

  private static Column column(Metric metric) {
    return new Column(
        metric.column(),
        SqlType.decimal(38, 4),
        true,
        "metric",
        metric.description(),
        Optional.empty());
  }
}
