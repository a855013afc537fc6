package io.kurobe.planner.ask;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.bind.Binder;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.bind.TreeCopy;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.SqlAsk;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What the planner offers while a question is being understood, for one session. */
public final class PlannerSupport implements QuestionSupport {
  /** A query that answers a question asks none: it would be asked without end. */
  private static final SqlBasicVisitor<Void> NO_QUESTION =
      new SqlBasicVisitor<>() {
        @Override
        public Void visit(SqlCall call) {
          if (call instanceof SqlAsk) {
            throw new KurobeException(
                ErrorCode.NOT_SUPPORTED, "a query that answers a question cannot ask another");
          }
          return super.visit(call);
        }
      };

  private final Session session;
  private final CatalogSnapshot catalog;
  private final StatementParser parser;
  private final Binder binder;
  private final FrequentValues values;
  private final ModelGate models;
  private final Probes probes;

  public PlannerSupport(
      Session session,
      Catalog catalog,
      StatementParser parser,
      Binder binder,
      FrequentValues values,
      Classifier classifier,
      Probes probes) {
    this.session = session;
    this.catalog = catalog.snapshot(session);
    this.parser = parser;
    this.binder = binder;
    this.values = values;
    this.probes = probes;
    this.models = new ModelGate(this.catalog, classifier);
  }

  @Override
  public CatalogSnapshot catalog() {
    return catalog;
  }

  @Override
  public SqlNode parse(String sql) {
    checkWanted();
    SqlNode query = parser.parseQuery(sql);
    query.accept(NO_QUESTION);
    return query;
  }

  @Override
  public List<SqlType.Field> validate(SqlNode query) {
    checkWanted();
    SqlNode copy = AskExpander.at(SqlParserPos.ZERO, query);
    return binder.bind(session, copy).columns();
  }

  @Override
  public BoundQuestion bind(SqlNode query) {
    checkWanted();
    BoundQuery bound = binder.bind(session, TreeCopy.of(query));
    probes.authorize(session, bound);
    return new BoundQuestion(bound.columns(), bound.tree(), CanonicalPlan.of(bound));
  }

  @Override
  public Optional<Probe> probe(
      SqlNode query, BoundQuestion bound, int mostRows, Duration patience) {
    checkWanted();
    return probes.allows(catalog, bound.tree())
        ? Optional.of(
            probes.run(session, AskExpander.at(SqlParserPos.ZERO, query), mostRows, patience))
        : Optional.empty();
  }

  @Override
  public List<String> frequentValues(TableName table, String column) {
    checkWanted();
    return values.of(session, catalog.version(), table, column);
  }

  @Override
  public ModelGate models() {
    return models;
  }

  /** Ends the understanding of a question that nobody waits for any more. */
  private static void checkWanted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new KurobeException(ErrorCode.CANCELLED, "the statement was cancelled");
    }
  }
}
