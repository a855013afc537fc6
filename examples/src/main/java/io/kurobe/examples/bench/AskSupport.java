package io.kurobe.examples.bench;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.bind.Binder;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.bind.TreeCopy;
import io.kurobe.planner.bind.ViewRights;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;

/**
 * What the planner offers to who answers questions, over a catalog without a source: its own
 * parser, binder and gate, and values that cost nothing.
 */
final class AskSupport implements QuestionSupport {
  private final Session session;
  private final Catalog catalog;
  private final Binder binder;
  private final Classifier classifier = new Classifier(Classifications.NONE);
  private final StatementParser parser = new StatementParser();
  private final Map<String, List<String>> values = new ConcurrentHashMap<>();

  AskSupport(Session session, CatalogMetadata metadata) {
    this.session = session;
    this.catalog =
        new Catalog(
            List.of(new CatalogOnly(metadata)),
            List.of(),
            (whole, of) -> whole,
            Clock.systemUTC(),
            Runnable::run);
    var system =
        new SourceCatalog(
            SourceConfig.ofPath("system", "system", "none"),
            "runtime",
            new CatalogMetadata(List.of()));
    this.binder = new Binder(catalog, new NoViews(), parser, system, ViewRights.OPEN);
  }

  @Override
  public CatalogSnapshot catalog() {
    return catalog.snapshot(session);
  }

  @Override
  public SqlNode parse(String sql) {
    return parser.parseQuery(sql);
  }

  @Override
  public List<SqlType.Field> validate(SqlNode query) {
    return bind(query).columns();
  }

  @Override
  public BoundQuestion bind(SqlNode query) {
    BoundQuery bound = binder.bind(session, TreeCopy.of(query));
    return new BoundQuestion(bound.columns(), bound.tree(), RelOptUtil.toString(bound.tree()));
  }

  @Override
  public List<String> frequentValues(TableName table, String column) {
    return values.computeIfAbsent(table + "." + column, key -> AskCatalog.values(table, column));
  }

  @Override
  public ModelGate models() {
    return new ModelGate(catalog(), classifier);
  }

  /** A source that has a catalog and nothing else. */
  private record CatalogOnly(CatalogMetadata metadata) implements Source {
    @Override
    public SourceConfig config() {
      return SourceConfig.ofPath(AskCatalog.SOURCE, "duckdb", "none");
    }

    @Override
    public String defaultSchema() {
      return "sales";
    }

    @Override
    public CatalogMetadata readCatalog() {
      return metadata;
    }

    @Override
    public SqlDialect dialect() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Capabilities capabilities() {
      throw new UnsupportedOperationException();
    }

    @Override
    public BatchStream read(ReadRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Health health() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static final class NoViews implements Views {
    @Override
    public List<ViewDefinition> list() {
      return List.of();
    }

    @Override
    public Optional<ViewDefinition> find(String name) {
      return Optional.empty();
    }

    @Override
    public void create(ViewDefinition view, boolean replace) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean drop(String name) {
      return false;
    }
  }
}
