package io.kurobe.planner.system;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.ScanRequest.Equal;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
     * The rows; some may be missing that are not wanted.
     *
     * @param catalog what the one who looks may see
     */
    List<List<@Nullable Object>> of(CatalogSnapshot catalog, Wanted wanted);
  }

  /** Which rows are looked for, so that of ten thousand tables only those are described. */
  public interface Wanted {
    /** Every row. */
    Wanted ALL = (column, value) -> true;

    /** Whether a row may be wanted that has a value in a column. */
    boolean mayBe(String column, String value);
  }

  public JdbcRelation {
    requireNonNull(name, "name is null");
    requireNonNull(comment, "comment is null");
    columns = List.copyOf(columns);
    requireNonNull(content, "content is null");
  }

  /** All of them. */
  public static List<JdbcRelation> all() {
    return Stream.of(
            JdbcTables.all(),
            JdbcKeys.all(),
            List.of(JdbcTypeInfo.RELATION),
            JdbcUserTypes.all(),
            JdbcRoutines.all())
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

  /** The rows of a catalog that one may see; some may be missing that are not wanted. */
  public List<List<@Nullable Object>> rows(CatalogSnapshot catalog, Wanted wanted) {
    return content.of(catalog, wanted);
  }

  SystemTable over(Function<Session, CatalogSnapshot> described) {
    var rows =
        new SystemTable.Rows() {
          @Override
          public List<List<@Nullable Object>> seenBy(Viewer viewer) {
            return seenBy(viewer, List.of());
          }

          @Override
          public List<List<@Nullable Object>> seenBy(Viewer viewer, List<Equal> wanted) {
            return content.of(
                described.apply(viewer.session()), (column, value) -> mayBe(wanted, column, value));
          }
        };
    return new SystemTable(SCHEMA, name, comment, columns, rows);
  }

  private static boolean mayBe(List<Equal> wanted, String column, String value) {
    return wanted.stream()
        .allMatch(equal -> !equal.column().equals(column) || equal.text().equals(value));
  }

  /** One of which Kurobe has nothing, although JDBC asks for it. */
  static JdbcRelation empty(String name, String comment, SqlType.Field... columns) {
    return new JdbcRelation(name, comment, List.of(columns), (catalog, wanted) -> List.of());
  }

  /** A text, or nothing. */
  static @Nullable String orNull(Optional<String> text) {
    return text.orElse(null);
  }
}
