package io.kurobe.planner.system;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.ScanRequest.Equal;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A relation of {@code system.jdbc}: what one method of {@code DatabaseMetaData} tells, under the
 * names and in the order that JDBC has for its columns, of everything there is. It is made of a
 * catalog's snapshot alone; no source is asked.
 *
 * @param name its name
 * @param comment what its rows are
 * @param columns in order, named in lower case
 * @param content gives the rows
 */
public record JdbcRelation(
    String name, String comment, List<SqlType.Field> columns, Content content) {
  static final String SCHEMA = "jdbc";

  /** Makes rows of a catalog; values in the order and of the types of the columns. */
  interface Content {
    /**
     * The rows; some may be missing of which not all that is wanted holds.
     *
     * @param catalog what the one who looks may see
     */
    List<List<@Nullable Object>> of(CatalogSnapshot catalog, List<Equal> wanted);
  }

  public JdbcRelation {
    requireNonNull(name, "name is null");
    requireNonNull(comment, "comment is null");
    columns = List.copyOf(columns);
    requireNonNull(content, "content is null");
  }

  /** All of them. */
  public static List<JdbcRelation> all() {
    return Stream.of(JdbcTables.all(), JdbcKeys.all(), List.of(JdbcTypeInfo.RELATION))
        .flatMap(List::stream)
        .toList();
  }

  /** The relation of a name. */
  public static JdbcRelation named(String name) {
    return all().stream()
        .filter(relation -> relation.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("system.jdbc has no " + name));
  }

  /** The rows of a catalog that one may see. */
  public List<List<@Nullable Object>> rows(CatalogSnapshot catalog) {
    return content.of(catalog, List.of());
  }

  SystemTable over(Catalog catalog) {
    var rows =
        new SystemTable.Rows() {
          @Override
          public List<List<@Nullable Object>> seenBy(Viewer viewer) {
            return seenBy(viewer, List.of());
          }

          @Override
          public List<List<@Nullable Object>> seenBy(Viewer viewer, List<Equal> wanted) {
            return content.of(catalog.snapshot(viewer.session()), wanted);
          }
        };
    return new SystemTable(SCHEMA, name, comment, columns, rows);
  }

  /** Whether a value may be of a row that is wanted, if it is in a column. */
  static boolean mayBe(List<Equal> wanted, String column, String value) {
    return wanted.stream()
        .allMatch(equal -> !equal.column().equals(column) || equal.text().equals(value));
  }

  /** A text, or nothing. */
  static @Nullable String orNull(Optional<String> text) {
    return text.orElse(null);
  }
}
