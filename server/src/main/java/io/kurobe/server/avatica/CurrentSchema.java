package io.kurobe.server.avatica;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.server.session.SessionProperties;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What setCatalog and setSchema do to a session: they replace the first entry of its search path. A
 * schema without a catalog is one of the current catalog, or of the only source that has it. Names
 * of nothing are refused at once, and not with the first query.
 */
final class CurrentSchema {
  /** Where views are: no source, but a catalog to clients. */
  private static final String VIEWS = "views";

  private CurrentSchema() {}

  /**
   * The session as its client opened it, if its search path names sources and schemas there are.
   */
  static Session checked(Session session, CatalogSnapshot snapshot) {
    if (sources(snapshot).findAny().isEmpty()) {
      return session;
    }
    for (SearchPathEntry entry : session.searchPath()) {
      String source = known(entry.source(), names(snapshot));
      entry.schema().ifPresent(schema -> check(snapshot, source, schema));
    }
    return session;
  }

  static Session change(
      Session session,
      CatalogSnapshot snapshot,
      Optional<String> newCatalog,
      Optional<String> newSchema) {
    List<String> names = names(snapshot);
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
    schema.ifPresent(name -> check(snapshot, source.get(), name));
    return SessionProperties.current(session, source.get(), schema);
  }

  /** Those that are configured. */
  private static Stream<SourceCatalog> sources(CatalogSnapshot snapshot) {
    return snapshot.sources().stream().filter(source -> !source.name().equals(VIEWS));
  }

  private static List<String> names(CatalogSnapshot snapshot) {
    return Stream.concat(sources(snapshot).map(SourceCatalog::name), Stream.of(VIEWS)).toList();
  }

  /** A source that could not be read yet may have any schema. */
  private static void check(CatalogSnapshot snapshot, String source, String schema) {
    List<String> schemas =
        snapshot.sources().stream()
            .filter(known -> known.name().equals(source))
            .flatMap(known -> known.metadata().schemas().stream())
            .map(SchemaMetadata::name)
            .toList();
    if (!schemas.isEmpty() && schemas.stream().noneMatch(schema::equalsIgnoreCase)) {
      throw new KurobeException(
              ErrorCode.UNKNOWN_SCHEMA, "source " + source + " has no schema '" + schema + "'")
          .withHint(nearest(schema, schemas));
    }
  }

  private static String nearest(String name, List<String> names) {
    String near = NearestNames.hint(NearestNames.of(name, names));
    return near.isEmpty() ? "There are " + String.join(", ", names) + "." : near;
  }

  private static String known(String name, List<String> names) {
    return names.stream()
        .filter(name::equals)
        .findFirst()
        .or(() -> names.stream().filter(name::equalsIgnoreCase).findFirst())
        .orElseThrow(
            () ->
                new KurobeException(ErrorCode.UNKNOWN_SOURCE, "no source is named '" + name + "'")
                    .withHint(nearest(name, names)));
  }

  private static Optional<String> only(CatalogSnapshot snapshot, String schema) {
    List<String> having =
        sources(snapshot)
            .filter(
                source ->
                    source.metadata().schemas().stream()
                        .anyMatch(known -> known.name().equalsIgnoreCase(schema)))
            .map(source -> source.name())
            .toList();
    return having.size() == 1 ? Optional.of(having.get(0)) : Optional.empty();
  }
}
