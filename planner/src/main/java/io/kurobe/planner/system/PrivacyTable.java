package io.kurobe.planner.system;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classification;
import io.kurobe.planner.privacy.ClassificationRows;
import io.kurobe.planner.privacy.Classifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.privacy.columns}: the columns that are classified, of the tables that who looks may
 * see; administrators see all of them.
 */
record PrivacyTable(Catalog catalog, Classifier classifier) {
  static final String SCHEMA = "privacy";

  static SystemTable of(Catalog catalog, Classifier classifier) {
    var table = new PrivacyTable(catalog, classifier);
    return new SystemTable(
        SCHEMA,
        "columns",
        "the columns that hold something of persons, and those of which a person said that they do"
            + " not",
        ClassificationRows.COLUMNS,
        table::seenBy);
  }

  private List<List<@Nullable Object>> seenBy(Viewer viewer) {
    boolean everything = viewer.seesEveryone() || viewer.principal().roles().contains("admin");
    CatalogSnapshot seen = everything ? catalog.snapshot() : catalog.snapshot(viewer.session());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SourceCatalog source : seen.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        for (TableMetadata table : schema.tables()) {
          TableName name = new TableName(source.name(), schema.name(), table.name());
          table.columns().stream()
              .map(column -> classifier.of(name, column))
              .filter(found -> found.isPersonal() || found.state() == Classification.State.REJECTED)
              .map(ClassificationRows::row)
              .forEach(rows::add);
        }
      }
    }
    return rows;
  }
}
