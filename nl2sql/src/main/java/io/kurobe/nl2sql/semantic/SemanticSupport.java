package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.question.QuestionSupport;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;

/**
 * What the planner offers, with a semantic layer in between: who understands a question sees the
 * layer's catalog, and what they write is expanded before the planner reads it.
 */
final class SemanticSupport implements QuestionSupport {
  /** Catalogs with their layer, by identity: whoever gets the same one sees the same. */
  static final class Catalogs {
    private static final int MOST = 100;

    private final SemanticModel model;
    private final Cache<CatalogSnapshot, CatalogSnapshot> known =
        Caffeine.newBuilder().weakKeys().maximumSize(MOST).build();
    private final Cache<CatalogSnapshot, Canonical> words =
        Caffeine.newBuilder().weakKeys().maximumSize(MOST).build();

    Catalogs(SemanticModel model) {
      this.model = requireNonNull(model, "model is null");
    }

    CatalogSnapshot seen(CatalogSnapshot catalog) {
      return known.get(catalog, each -> SeenCatalog.of(each, model, true));
    }

    Canonical words(CatalogSnapshot catalog) {
      return words.get(catalog, each -> Canonical.of(model, each));
    }

    SemanticModel model() {
      return model;
    }
  }

  private final QuestionSupport planner;
  private final Catalogs catalogs;

  SemanticSupport(QuestionSupport planner, Catalogs catalogs) {
    this.planner = planner;
    this.catalogs = catalogs;
  }

  @Override
  public CatalogSnapshot catalog() {
    return catalogs.seen(planner.catalog());
  }

  @Override
  public SqlNode parse(String sql) {
    return new MetricTree(catalogs.model(), planner::parse).expand(planner.parse(sql));
  }

  @Override
  public List<SqlType.Field> validate(SqlNode query) {
    return planner.validate(query);
  }

  @Override
  public BoundQuestion bind(SqlNode query) {
    return planner.bind(query);
  }

  @Override
  public Optional<Probe> probe(
      SqlNode query, BoundQuestion bound, int mostRows, Duration patience) {
    return planner.probe(query, bound, mostRows, patience);
  }

  @Override
  public List<String> frequentValues(TableName table, String column) {
    boolean metric =
        catalogs.model().metrics(table).stream().anyMatch(each -> each.column().equals(column));
    return metric ? List.of() : planner.frequentValues(table, column);
  }

  /** Without those that name a source, or a table of one, that models are told nothing of. */
  @Override
  public List<String> instructions() {
    Set<String> open =
        planner.models().catalog().sources().stream()
            .map(SourceCatalog::name)
            .collect(Collectors.toSet());
    Set<String> closed = new HashSet<>();
    for (SourceCatalog source : planner.catalog().sources()) {
      if (!open.contains(source.name())) {
        closed.add(source.name());
        source.metadata().schemas().stream()
            .flatMap(schema -> schema.tables().stream())
            .forEach(table -> closed.add(table.name()));
      }
    }
    return catalogs.model().instructions().stream()
        .filter(sentence -> closed.stream().noneMatch(name -> names(sentence, name)))
        .toList();
  }

  private static boolean names(String sentence, String name) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(sentence)
        .find();
  }

  @Override
  public ModelGate models() {
    return planner.models().seeing(open -> SeenCatalog.of(open, catalogs.model(), false));
  }
}
