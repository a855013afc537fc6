package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.bind.ViewRights;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.parser.Statement.Show;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SHOW: what there is, as the session may see it. */
public final class Shows {
  /** What SHOW MSCHEMA gives: one text. */
  public static final List<SqlType.Field> MSCHEMA = columns("mschema");

  private final Catalog catalog;
  private final Views views;
  private final ViewRights rights;
  private final Function<Session, List<Warning>> warnings;
  private final Function<Session, List<List<@Nullable Object>>> metrics;

  /**
   * Makes it.
   *
   * @param rights who may see which view
   * @param warnings the warnings of a session's last statement
   * @param metrics the metrics of the semantic layer that a session may see
   */
  public Shows(
      Catalog catalog,
      Views views,
      ViewRights rights,
      Function<Session, List<Warning>> warnings,
      Function<Session, List<List<@Nullable Object>>> metrics) {
    this.metrics = metrics;
    this.warnings = warnings;
    this.rights = rights;
    this.catalog = catalog;
    this.views = views;
  }

  /** The columns a SHOW gives. */
  public List<SqlType.Field> columns(Show show) {
    return switch (show.kind()) {
      case CATALOGS -> columns("catalog", "type", "status");
      case SCHEMAS -> columns("catalog", "schema");
      case TABLES -> columns("catalog", "schema", "table", "type", "comment");
      case COLUMNS -> columns("column", "type", "nullable", "key", "comment");
      case VIEWS -> columns("view", "query", "comment", "owner");
      case SETTING, SETTINGS -> columns("setting", "value");
      case WARNINGS -> columns("sqlstate", "warning");
      case METRICS ->
          columns(
              "metric", "table_name", "expression", "filter", "unit", "description", "synonyms");
    };
  }

  private static List<SqlType.Field> columns(String... names) {
    return Arrays.stream(names)
        .map(name -> new SqlType.Field(name, SqlType.VARCHAR, true))
        .toList();
  }

  /** The rows of a SHOW. */
  public List<List<@Nullable Object>> rows(Session session, Show show) {
    CatalogSnapshot seen = catalog.snapshot(session);
    Predicate<String> like = like(show.like());
    List<String> of =
        show.of().map(identifier -> List.copyOf(identifier.names)).orElseGet(List::of);
    return switch (show.kind()) {
      case CATALOGS -> catalogs(seen, like);
      case SCHEMAS -> schemas(seen, of, like);
      case TABLES -> tables(session, seen, of, like);
      case COLUMNS -> tableColumns(seen, of);
      case VIEWS -> views(session, like);
      case SETTING -> setting(session, String.join("_", of));
      case SETTINGS -> settings(session);
      case WARNINGS ->
          warnings.apply(session).stream()
              .map(
                  warning -> Arrays.<@Nullable Object>asList(warning.sqlState(), warning.message()))
              .toList();
      case METRICS -> metrics.apply(session);
    };
  }

  private List<List<@Nullable Object>> catalogs(CatalogSnapshot seen, Predicate<String> like) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SourceCatalog source : seen.sources()) {
      if (like.test(source.name())) {
        String status =
            catalog.failure(source.name()).map(KurobeException::getMessage).orElse("up");
        rows.add(Arrays.asList(source.name(), source.config().type(), status));
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> schemas(
      CatalogSnapshot seen, List<String> of, Predicate<String> like) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SourceCatalog source : seen.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        if (within(of, 0, source.name()) && like.test(schema.name())) {
          rows.add(Arrays.asList(source.name(), schema.name()));
        }
      }
    }
    return rows;
  }

  private List<List<@Nullable Object>> tables(
      Session session, CatalogSnapshot seen, List<String> of, Predicate<String> like) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SourceCatalog source : seen.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        boolean wanted =
            of.isEmpty()
                || (of.size() == 1
                    && (within(of, 0, source.name()) || within(of, 0, schema.name())))
                || (of.size() == 2 && within(of, 0, source.name()) && within(of, 1, schema.name()));
        for (TableMetadata table : wanted ? schema.tables() : List.<TableMetadata>of()) {
          if (like.test(table.name())) {
            rows.add(
                Arrays.asList(
                    source.name(),
                    schema.name(),
                    table.name(),
                    table.kind().name().replace('_', ' '),
                    table.comment().orElse(null)));
          }
        }
      }
    }
    for (ViewDefinition view : of.isEmpty() ? visible(session) : List.<ViewDefinition>of()) {
      if (like.test(view.name())) {
        rows.add(Arrays.asList("views", "main", view.name(), "VIEW", view.comment().orElse(null)));
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> tableColumns(CatalogSnapshot seen, List<String> of) {
    if (of.isEmpty()) {
      throw new KurobeException(ErrorCode.SYNTAX, "SHOW COLUMNS needs FROM and a table");
    }
    TableMetadata table = NamedTable.of(seen, of).metadata();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TableMetadata.Column column : table.columns()) {
      rows.add(
          Arrays.asList(
              column.name(),
              column.type().toString(),
              column.nullable() ? "YES" : "NO",
              table.primaryKey().contains(column.name()) ? "PRI" : null,
              column.comment().orElse(null)));
    }
    return rows;
  }

  private List<ViewDefinition> visible(Session session) {
    return views.list().stream().filter(view -> rights.isVisible(session, view)).toList();
  }

  /** The query of a view that lends its maker's rights is no matter of who reads it. */
  private List<List<@Nullable Object>> views(Session session, Predicate<String> like) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ViewDefinition view : visible(session)) {
      if (like.test(view.name())) {
        boolean lent = rights.reading(session, view) != session;
        rows.add(
            Arrays.asList(
                view.name(), lent ? null : view.sql(), view.comment().orElse(null), view.owner()));
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> setting(Session session, String name) {
    Map<String, String> all = Settings.all(session);
    String key = name.toLowerCase(Locale.ROOT);
    String value = all.get(key.equals("timezone") ? "time_zone" : key);
    if (value == null) {
      throw new KurobeException(ErrorCode.INVALID_SETTING, "there is no setting " + name)
          .withHint("settings are " + String.join(", ", all.keySet()));
    }
    return List.of(Arrays.asList(key, value));
  }

  private static List<List<@Nullable Object>> settings(Session session) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    Settings.all(session).forEach((name, value) -> rows.add(Arrays.asList(name, value)));
    return rows;
  }

  private static boolean within(List<String> of, int part, String name) {
    return of.size() <= part || of.get(part).equalsIgnoreCase(name);
  }

  private static Predicate<String> like(Optional<String> pattern) {
    if (pattern.isEmpty()) {
      return name -> true;
    }
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.get().toCharArray()) {
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    Pattern compiled = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    return name -> compiled.matcher(name).matches();
  }
}
