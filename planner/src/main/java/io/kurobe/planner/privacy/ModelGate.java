package io.kurobe.planner.privacy;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.SourceConfig.Models;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The one gate between what Kurobe knows and language models. Whatever is told to a model is asked
 * for here, and goes out as {@link ModelText}, which nothing but a {@link Redaction} of this gate
 * makes: a client of a model that takes only that cannot be given anything else.
 *
 * <ul>
 *   <li>Of a source that is {@code models: closed} there is nothing, not even a name.
 *   <li>Of a source that is {@code models: no-values} there are names and types.
 *   <li>Values of a column that is classified, by a person, by its name or by its values, never
 *       pass.
 * </ul>
 *
 * <p>Made for one session's view of the catalog; threads share it.
 */
public final class ModelGate {
  /** The gate of who may tell models nothing. */
  public static final ModelGate CLOSED =
      new ModelGate(
          new CatalogSnapshot(0, List.of(), List.of()), new Classifier(Classifications.NONE));

  private final CatalogSnapshot open;
  private final Classifier classifier;

  /**
   * Tables that were asked for: a catalog may have ten thousand, and is looked through for each.
   */
  private final Map<TableName, Optional<TableMetadata>> found = new ConcurrentHashMap<>();

  /**
   * Makes the gate.
   *
   * @param seen the catalog as the asking session's principal sees it
   */
  public ModelGate(CatalogSnapshot seen, Classifier classifier) {
    this.open = withoutClosed(requireNonNull(seen, "seen is null"));
    this.classifier = requireNonNull(classifier, "classifier is null");
  }

  private static CatalogSnapshot withoutClosed(CatalogSnapshot seen) {
    List<SourceCatalog> sources =
        seen.sources().stream()
            .filter(source -> source.config().models() != Models.CLOSED)
            .toList();
    List<String> names = sources.stream().map(SourceCatalog::name).toList();
    List<Relation> relations =
        seen.relations().stream()
            .filter(relation -> names.contains(relation.from().source()))
            .filter(relation -> names.contains(relation.to().source()))
            .toList();
    return new CatalogSnapshot(seen.version(), sources, relations);
  }

  /** Grows whenever the gate may let other values pass. */
  public long version() {
    return classifier.version();
  }

  /** The catalog that models may know the names, types and comments of. */
  public CatalogSnapshot catalog() {
    return open;
  }

  /** The same gate where models are told of the catalog otherwise, and never of more columns. */
  public ModelGate seeing(UnaryOperator<CatalogSnapshot> told) {
    return new ModelGate(told.apply(open), classifier);
  }

  /** Whether a model may see stored values of a column: examples, and cells of a result. */
  public boolean givesValues(TableName table, String column) {
    return column(table, column)
        .filter(found -> !classifier.of(table, found).isPersonal())
        .isPresent();
  }

  /**
   * Those of a column's values that a model may see: all of them or none.
   *
   * @param values examples, or cells of a result that come from the column
   */
  public List<String> examples(TableName table, String column, List<String> values) {
    return column(table, column)
        .filter(found -> classifier.mayGive(table, found, values))
        .map(found -> List.copyOf(values))
        .orElse(List.of());
  }

  private Optional<TableMetadata.Column> column(TableName table, String column) {
    return open.source(table.source())
        .filter(source -> source.config().models() == Models.ALLOW)
        .flatMap(source -> found.computeIfAbsent(table, open::table))
        .flatMap(
            described ->
                described.columns().stream()
                    .filter(each -> each.name().equals(column))
                    .findFirst());
  }

  /**
   * The redaction of one question and of all that is told to models while it is answered.
   *
   * @param isPublic whether a text is a stored value of a column that models may see; what stands
   *     in quotes in the question and is none is taken for personal
   */
  public Redaction redaction(Predicate<String> isPublic) {
    return new Redaction(isPublic);
  }
}
