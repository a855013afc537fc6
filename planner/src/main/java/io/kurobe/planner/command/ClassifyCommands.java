package io.kurobe.planner.command;

import static io.kurobe.planner.privacy.ClassificationRows.row;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.privacy.Classification;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.privacy.ColumnSampler;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * CLASSIFY: what columns hold of persons, as somebody says it or as a sample of their values shows
 * it. Only administrators may say it where there are users. Threads share it.
 */
public final class ClassifyCommands {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Catalog catalog;
  private final Classifier classifier;
  private final boolean open;

  /**
   * Makes them.
   *
   * @param open whether everyone may do everything
   */
  public ClassifyCommands(Catalog catalog, Classifier classifier, boolean open) {
    this.catalog = catalog;
    this.classifier = classifier;
    this.open = open;
  }

  /** CLASSIFY COLUMN. */
  public void column(Session session, Statement.ClassifyColumn classify) {
    requireAdministrator(session);
    List<String> parts = classify.name().names;
    if (parts.size() < 2) {
      throw new KurobeException(ErrorCode.SYNTAX, "a column is named with its table")
          .withHint("CLASSIFY COLUMN customers.email AS 'email'");
    }
    NamedTable table = NamedTable.of(catalog.snapshot(), parts.subList(0, parts.size() - 1));
    String column = column(table, parts.get(parts.size() - 1));
    switch (classify.verdict()) {
      case KIND ->
          classifier.confirm(
              table.name(),
              column,
              Optional.of(kind(classify.kind().orElse(""))),
              session.principal().name());
      case NONE ->
          classifier.confirm(table.name(), column, Optional.empty(), session.principal().name());
      case DEFAULT -> classifier.forget(table.name(), column);
    }
  }

  private static String column(NamedTable table, String written) {
    List<String> names =
        table.metadata().columns().stream().map(TableMetadata.Column::name).toList();
    if (names.contains(written)) {
      return written;
    }
    List<String> alike = names.stream().filter(written::equalsIgnoreCase).toList();
    if (alike.size() == 1) {
      return alike.get(0);
    }
    throw new KurobeException(
            ErrorCode.UNKNOWN_COLUMN, "column " + table.name() + "." + written + " does not exist")
        .withHint(NearestNames.hint(NearestNames.of(written, names)));
  }

  private static PersonalKind kind(String written) {
    return PersonalKind.of(written)
        .orElseThrow(
            () ->
                new KurobeException(
                        ErrorCode.INVALID_SETTING, "no kind of column is '" + written + "'")
                    .withHint("kinds are " + String.join(", ", PersonalKind.labels())));
  }

  /** CLASSIFY TABLE: what a sample of its values shows, a row for each column that is personal. */
  public List<List<@Nullable Object>> table(Session session, SqlIdentifier name) {
    requireAdministrator(session);
    NamedTable table = NamedTable.of(catalog.snapshot(), name.names);
    return table(table.name(), table.metadata());
  }

  /**
   * CLASSIFY SOURCE: the same for its tables, one after the other.
   *
   * @param limit how long it may take
   * @throws KurobeException TIMEOUT when it took longer; what was seen until then is kept
   */
  public List<List<@Nullable Object>> source(Session session, String source, Duration limit) {
    requireAdministrator(session);
    SourceCatalog described =
        catalog.snapshot().sources().stream()
            .filter(each -> each.name().equalsIgnoreCase(source))
            .findFirst()
            .orElseThrow(
                () ->
                    new KurobeException(ErrorCode.UNKNOWN_SOURCE, "no source is named " + source));
    long end = System.nanoTime() + limit.toNanos();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SchemaMetadata schema : described.metadata().schemas()) {
      for (TableMetadata table : schema.tables()) {
        if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
          throw new KurobeException(
                  ErrorCode.TIMEOUT, "not all tables of " + described.name() + " were looked at")
              .withHint("what was seen is kept; CLASSIFY TABLE looks at one");
        }
        rows.addAll(table(new TableName(described.name(), schema.name(), table.name()), table));
      }
    }
    return rows;
  }

  private List<List<@Nullable Object>> table(TableName name, TableMetadata table) {
    Map<String, List<String>> sample =
        ColumnSampler.read(catalog.source(name.source()), name.schema(), table, PATIENCE);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TableMetadata.Column column : table.columns()) {
      Classification seen =
          classifier.check(name, column, sample.getOrDefault(column.name(), List.of()));
      if (seen.isPersonal()) {
        rows.add(row(seen));
      }
    }
    return rows;
  }

  private void requireAdministrator(Session session) {
    if (!open && !session.principal().roles().contains("admin")) {
      throw new KurobeException(
          ErrorCode.NOT_ALLOWED, "only administrators say what columns hold of persons");
    }
  }
}
