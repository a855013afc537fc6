package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.error.StatementPosition;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.session.SearchPathEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says why a name in FROM is no table: its source is down, it is ambiguous, or it is misspelt. */
record TableNames(
    Catalog catalog,
    CatalogSnapshot snapshot,
    List<SearchPathEntry> searchPath,
    SourceCatalog system) {
  private static final int MOST_CHOICES = 8;

  KurobeException unknown(SqlIdentifier identifier) {
    if (identifier.names.get(0).equalsIgnoreCase(system.name())) {
      var own = new CatalogSnapshot(snapshot.version(), List.of(system), List.of());
      return new TableNames(catalog, own, List.of(), system).explained(identifier);
    }
    return explained(identifier);
  }

  private KurobeException explained(SqlIdentifier identifier) {
    return explain(identifier.names).at(position(identifier.getParserPosition()));
  }

  static StatementPosition position(SqlParserPos position) {
    return new StatementPosition(
        Math.max(position.getLineNum(), 1), Math.max(position.getColumnNum(), 1));
  }

  private KurobeException explain(List<String> names) {
    String written = String.join(".", names);
    Optional<KurobeException> down = sourceDown(names);
    if (down.isPresent()) {
      return down.get();
    }
    List<String> choices = choices(names);
    if (choices.size() > 1) {
      return new KurobeException(
              ErrorCode.AMBIGUOUS_TABLE,
              "table name " + written + " is ambiguous: " + String.join(", ", choices))
          .withHint("write one of the full names, or set search_path");
    }
    var error =
        new KurobeException(ErrorCode.UNKNOWN_TABLE, "table " + written + " does not exist");
    List<String> near = NearestNames.of(written, spellings(names.size()));
    if (near.isEmpty()) {
      near = NearestNames.of(names.get(names.size() - 1), spellings(1));
    }
    if (!near.isEmpty()) {
      return error.withHint(NearestNames.hint(near));
    }
    List<String> missing = missingSources();
    return missing.isEmpty()
        ? error
        : error.withHint(
            "the tables of these sources are not known now: " + String.join(", ", missing));
  }

  private Optional<KurobeException> sourceDown(List<String> names) {
    return snapshot.sources().stream()
        .filter(source -> names.size() == 1 || source.name().equalsIgnoreCase(names.get(0)))
        .filter(source -> names.size() > 1 || isLookedAt(source))
        .flatMap(source -> catalog.failure(source.name()).stream())
        .findFirst();
  }

  /** Whether a bare name would be looked up in a source before all others. */
  private boolean isLookedAt(SourceCatalog source) {
    return searchPath.isEmpty()
        ? snapshot.sources().size() == 1
        : searchPath.stream().anyMatch(entry -> entry.source().equalsIgnoreCase(source.name()));
  }

  /** The sources of which nothing is known because they cannot be read. */
  private List<String> missingSources() {
    return snapshot.sources().stream()
        .filter(source -> source.metadata().schemas().isEmpty())
        .map(SourceCatalog::name)
        .filter(name -> catalog.failure(name).isPresent())
        .toList();
  }

  private List<String> choices(List<String> names) {
    List<String> choices = new ArrayList<>();
    String table = names.get(names.size() - 1);
    for (SourceCatalog source : snapshot.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        boolean possible =
            switch (names.size()) {
              case 1 -> schema.name().equals(source.defaultSchema());
              case 2 -> schema.name().equalsIgnoreCase(names.get(0));
              case 3 ->
                  source.name().equalsIgnoreCase(names.get(0))
                      && schema.name().equalsIgnoreCase(names.get(1));
              default -> false;
            };
        for (TableMetadata candidate : possible ? schema.tables() : List.<TableMetadata>of()) {
          if (candidate.name().equalsIgnoreCase(table) && choices.size() < MOST_CHOICES) {
            choices.add(source.name() + "." + schema.name() + "." + candidate.name());
          }
        }
      }
    }
    return choices;
  }

  private List<String> spellings(int parts) {
    List<String> names = new ArrayList<>();
    for (SourceCatalog source : snapshot.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        for (TableMetadata table : schema.tables()) {
          names.add(
              switch (parts) {
                case 1 -> table.name();
                case 2 -> schema.name() + "." + table.name();
                default -> source.name() + "." + schema.name() + "." + table.name();
              });
          if (parts == 2) {
            names.add(source.name() + "." + table.name());
          }
        }
      }
    }
    return names;
  }
}
