package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.SecurityStatement.Scope;
import io.kurobe.server.security.grant.KnownTables.Known;
import io.kurobe.server.security.grant.KnownTables.KnownSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a written name means, in the catalog's own case: exact case wins. */
record Targets(KnownTables tables) {
  private static final String VIEWS = "views";

  /** Whether there is a place of just that name. */
  static boolean exists(KnownTables tables, Place place) {
    return tables.sources().stream()
        .filter(source -> source.name().equals(place.source()))
        .anyMatch(
            source ->
                place.schema().isEmpty()
                    || (source.schemas().contains(place.schema())
                        && (place.table().isEmpty()
                            || tables.tables(place.source(), place.schema()).stream()
                                .anyMatch(table -> table.name().table().equals(place.table())))));
  }

  /**
   * The place of a name.
   *
   * @throws KurobeException if there is none
   */
  Place place(Scope scope, List<String> names) {
    return switch (scope) {
      case SOURCE -> {
        require(names, 1, 1, "a source has one name");
        yield new Place(source(names.get(0)).name(), "", "");
      }
      case SCHEMA -> {
        require(names, 2, 2, "a schema is written source.schema");
        KnownSource source = source(names.get(0));
        yield new Place(source.name(), schema(source, names.get(1)), "");
      }
      case TABLE -> Place.of(table(names).name());
    };
  }

  /**
   * The table or view of a name.
   *
   * @throws KurobeException if there is none
   */
  Known table(List<String> names) {
    require(names, 2, 3, "a table is written source.schema.table");
    KnownSource source = source(names.get(0));
    String schema = names.size() == 3 ? schema(source, names.get(1)) : source.defaultSchema();
    String name = names.get(names.size() - 1);
    return one(tables.tables(source.name(), schema), table -> table.name().table(), name)
        .orElseThrow(
            () ->
                unknown(
                    ErrorCode.UNKNOWN_TABLE,
                    "table " + source.name() + "." + schema + "." + name,
                    source));
  }

  /**
   * The table of a name, for what restricts its rows or values.
   *
   * @throws KurobeException if there is none, or it is a view
   */
  Known restrictable(List<String> names) {
    Known table = table(names);
    if (table.name().source().equals(VIEWS)) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED, "row filters and masks are for tables, not for views")
          .withHint("those of the tables that the view reads hold through it");
    }
    return table;
  }

  private KnownSource source(String name) {
    return one(tables.sources(), KnownSource::name, name)
        .orElseThrow(
            () ->
                new KurobeException(ErrorCode.UNKNOWN_SOURCE, "no source is named " + name)
                    .withHint("SHOW CATALOGS lists those you may see"));
  }

  private String schema(KnownSource source, String name) {
    return one(source.schemas(), Function.identity(), name)
        .orElseThrow(
            () ->
                unknown(ErrorCode.UNKNOWN_SCHEMA, "schema " + source.name() + "." + name, source));
  }

  private static KurobeException unknown(ErrorCode code, String what, KnownSource source) {
    return source.schemas().isEmpty()
        ? new KurobeException(
            ErrorCode.SOURCE_UNAVAILABLE,
            "whether there is " + what + " is not known, as the source could not be read yet")
        : new KurobeException(code, what + " does not exist");
  }

  private static <T> Optional<T> one(List<T> all, Function<T, String> name, String written) {
    Optional<T> exact = all.stream().filter(one -> name.apply(one).equals(written)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    List<T> alike = all.stream().filter(one -> name.apply(one).equalsIgnoreCase(written)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static void require(List<String> names, int least, int most, String form) {
    if (names.size() < least || names.size() > most) {
      throw new KurobeException(
          ErrorCode.INVALID_QUERY, String.join(".", names) + " is no such name: " + form);
    }
  }
}
