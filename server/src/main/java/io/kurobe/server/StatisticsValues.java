package io.kurobe.server;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig.Models;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.TableStatistics.ColumnStatistics;
import io.kurobe.nl2sql.retrieve.index.IndexedValues;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The frequent values that sources keep statistics of, for the index of the catalog: no table is
 * read. Nothing of sources that keep their values from models, and of no column that is held to be
 * personal. Threads share it.
 */
final class StatisticsValues implements IndexedValues {
  private final Catalog catalog;
  private final Classifier classifier;

  StatisticsValues(Catalog catalog, Classifier classifier) {
    this.catalog = catalog;
    this.classifier = classifier;
  }

  @Override
  public long version() {
    return classifier.version();
  }

  @Override
  public Map<String, List<String>> of(TableName name, TableMetadata table) {
    try {
      Source source = catalog.source(name.source());
      return source.config().models() == Models.ALLOW
          ? of(name, table, source.statistics(name.schema(), name.table()))
          : Map.of();
    } catch (KurobeException e) {
      // A source that cannot tell now is asked again when its catalog is read again.
      return Map.of();
    }
  }

  private Map<String, List<String>> of(
      TableName name, TableMetadata table, Optional<TableStatistics> statistics) {
    Map<String, List<String>> values = new HashMap<>();
    if (statistics.isPresent()) {
      for (TableMetadata.Column column : table.columns()) {
        ColumnStatistics known = statistics.get().columns().get(column.name());
        boolean telling = known != null && column.type().isText();
        if (telling && classifier.mayGive(name, column, known.frequentValues())) {
          values.put(column.name(), known.frequentValues());
        }
      }
    }
    return values;
  }
}
