package io.kurobe.nl2sql.intent;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells what is asked about the catalog, and which query over the catalog's tables answers it. */
final class CatalogQuestion {
  private static final String THING = "(?:the )?(?:tables? |source )?(?<thing>[\\p{L}\\p{N}_. ]+?)";

  private static final Pattern WHICH_TABLES =
      Pattern.compile(
          "(?:what|which)(?: kinds? of)? (?:tables|data|sources of"
              + " data|datasets|relations|information)(?: (?:do you have|do you know|are there|is"
              + " there|exist|have you got|can i ask about|can i query|are available|is"
              + " available))?(?: (?:in|of|about) "
              + THING
              + ")?|what can i ask(?: you)?(?: about)?|what do you know(?: about)?|what is in the"
              + " catalog|(?:list|show)(?: me)?(?: all)?(?: the)? tables(?: (?:in|of) "
              + THING.replace("thing", "other")
              + ")?");

  private static final Pattern KNOWN_OF =
      Pattern.compile(
          "(?:what do you know|what can i ask(?: you)?|what data do you have|what is known|what do"
              + " you have|what information do you have|what information is there) (?:about|on|of) "
              + THING);

  private static final Pattern TOLD_OF =
      Pattern.compile(
          "(?:tell me (?:something )?about|describe|explain|what is|what are|what's in|what is in"
              + "|show me the (?:columns|fields|structure|schema) of) "
              + THING);

  private static final Pattern COLUMNS_OF =
      Pattern.compile(
          "(?:what|which) (?:columns|fields|attributes|properties)"
              + "(?: does| do| are in| are there in| are in the table| has| have| of| belong to)? "
              + THING
              + "(?: have| has| contain)?");

  private static final Pattern WITH_COLUMN =
      Pattern.compile(
          "(?:what|which) tables (?:have|contain|hold|with)(?: a| an| the)?(?: columns?| fields?)? "
              + THING
              + "(?: columns?| fields?)?");

  private CatalogQuestion() {}

  /**
   * The answer to a question about the catalog; empty if it is about something else.
   *
   * @throws KurobeException NOT_ANSWERABLE if it is about what is not there
   */
  static Optional<Intent.Catalog> of(String normalised, CatalogSnapshot catalog) {
    Matcher column = WITH_COLUMN.matcher(normalised);
    if (column.matches()) {
      return Optional.of(withColumn(column.group("thing")));
    }
    Matcher tables = WHICH_TABLES.matcher(normalised);
    if (tables.matches()) {
      String of = tables.group("thing") == null ? tables.group("other") : tables.group("thing");
      return of == null ? Optional.of(tables(Optional.empty())) : of(of, catalog, true);
    }
    Matcher known = KNOWN_OF.matcher(normalised);
    if (known.matches()) {
      return of(known.group("thing"), catalog, true);
    }
    for (Pattern pattern : List.of(TOLD_OF, COLUMNS_OF)) {
      Matcher told = pattern.matcher(normalised);
      if (told.matches()) {
        return of(told.group("thing"), catalog, false);
      }
    }
    return Optional.empty();
  }

  /** The answer about a thing of the catalog by its name, or about all of it. */
  static Intent.Catalog about(String thing, CatalogSnapshot catalog) {
    return thing.isBlank()
        ? tables(Optional.empty())
        : of(thing, catalog, false).orElseGet(() -> tables(Optional.empty()));
  }

  private static Optional<Intent.Catalog> of(
      String thing, CatalogSnapshot catalog, boolean certain) {
    List<TableName> found = CatalogNames.tables(catalog, thing);
    if (!found.isEmpty()) {
      return Optional.of(columns(found));
    }
    Optional<String> source = CatalogNames.source(catalog, thing);
    if (source.isPresent()) {
      return Optional.of(tables(source));
    }
    if (certain) {
      throw new KurobeException(
              ErrorCode.NOT_ANSWERABLE, "nothing in the catalog is called '" + thing + "'")
          .withHint("ASK 'which tables are there?' lists what there is.");
    }
    return Optional.empty();
  }

  private static Intent.Catalog tables(Optional<String> source) {
    return new Intent.Catalog(
        "SELECT table_cat AS source, table_schem AS schema_name, table_name, remarks AS description"
            + " FROM system.jdbc.tables WHERE table_cat <> 'system'"
            + source.map(name -> " AND table_cat = " + quoted(name)).orElse("")
            + " ORDER BY table_cat, table_schem, table_name",
        "The tables"
            + source.map(name -> " of " + name).orElse("")
            + " that you may see, with what is said of them.");
  }

  private static Intent.Catalog columns(List<TableName> tables) {
    String where =
        tables.stream()
            .map(
                table ->
                    "(table_cat = "
                        + quoted(table.source())
                        + " AND table_schem = "
                        + quoted(table.schema())
                        + " AND table_name = "
                        + quoted(table.table())
                        + ")")
            .collect(Collectors.joining(" OR "));
    return new Intent.Catalog(
        "SELECT table_cat AS source, table_name, column_name, type_name, remarks AS description"
            + " FROM system.jdbc.columns WHERE "
            + where
            + " ORDER BY table_cat, table_name, ordinal_position",
        "The columns of "
            + tables.stream().map(TableName::toString).collect(Collectors.joining(" and "))
            + ", with what is said of them.");
  }

  private static Intent.Catalog withColumn(String words) {
    String name = words.strip().replace(' ', '_');
    return new Intent.Catalog(
        "SELECT table_cat AS source, table_schem AS schema_name, table_name, column_name"
            + " FROM system.jdbc.columns WHERE table_cat <> 'system' AND LOWER(column_name) = "
            + quoted(name)
            + " ORDER BY table_cat, table_schem, table_name",
        "The tables with a column " + name + ".");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
