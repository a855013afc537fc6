package io.kurobe.server.avatica;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.server.session.SessionProperties;
import java.util.List;
import java.util.Optional;

/**
 * What setCatalog and setSchema do to a session: they replace the first entry of its search path. A
 * schema without a catalog is one of the current catalog, or of the only source that has it.
 */
final class CurrentSchema {
  private CurrentSchema() {}

  static Session change(
      Session session,
      CatalogSnapshot snapshot,
      Optional<String> newCatalog,
      Optional<String> newSchema) {
    List<String> names = snapshot.sources().stream().map(source -> source.name()).toList();
    Optional<SearchPathEntry> current = session.searchPath().stream().findFirst();
    Optional<String> source =
        newCatalog
            .map(name -> known(name, names))
            .or(() -> current.map(SearchPathEntry::source))
            .or(() -> only(snapshot, newSchema.orElse("")));
    if (source.isEmpty()) {
      throw new KurobeException(
              ErrorCode.UNKNOWN_SCHEMA,
              "'" + newSchema.orElse("") + "' is not the schema of one source alone")
          .withHint("Choose the catalog first; there are " + String.join(", ", names) + ".");
    }
    boolean same = current.isPresent() && current.get().source().equals(source.get());
    Optional<String> schema = newSchema.or(() -> same ? current.get().schema() : Optional.empty());
    return SessionProperties.current(session, source.get(), schema);
  }

  private static String known(String name, List<String> names) {
    return names.stream()
        .filter(name::equals)
        .findFirst()
        .or(() -> names.stream().filter(name::equalsIgnoreCase).findFirst())
        .orElseThrow(
            () ->
                new KurobeException(ErrorCode.UNKNOWN_SOURCE, "no source is named '" + name + "'")
                    .withHint("There are " + String.join(", ", names) + "."));
  }

  private static Optional<String> only(CatalogSnapshot snapshot, String schema) {
    List<String> having =
        snapshot.sources().stream()
            .filter(
                source ->
                    source.metadata().schemas().stream()
                        .anyMatch(known -> known.name().equalsIgnoreCase(schema)))
            .map(source -> source.name())
            .toList();
    return having.size() == 1 ? Optional.of(having.get(0)) : Optional.empty();
  }
}
