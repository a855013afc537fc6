package io.kurobe.planner.plan;

import io.kurobe.adapters.duckdb.DuckDbDialect;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Source;
import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.PlannedStatement.Kind;
import io.kurobe.planner.Planner;
import io.kurobe.planner.PlannerListener.Step;
import io.kurobe.planner.ask.AskExpander;
import io.kurobe.planner.ask.AskExpander.Answer;
import io.kurobe.planner.ask.AskExpander.Expanded;
import io.kurobe.planner.ask.AskLog;
import io.kurobe.planner.ask.AskPolicy;
import io.kurobe.planner.ask.BriefReads;
import io.kurobe.planner.ask.FrequentValues;
import io.kurobe.planner.ask.PlannerSupport;
import io.kurobe.planner.ask.Probes;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.Authorizer;
import io.kurobe.planner.authorize.Authorizer.Authorized;
import io.kurobe.planner.authorize.PolicyExpressions;
import io.kurobe.planner.bind.Binder;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.bind.TreeCopy;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.command.ClassifyCommands;
import io.kurobe.planner.command.CommentCommands;
import io.kurobe.planner.command.MemoryCommands;
import io.kurobe.planner.command.Settings;
import io.kurobe.planner.command.Shows;
import io.kurobe.planner.command.ViewCommands;
import io.kurobe.planner.cost.Estimator;
import io.kurobe.planner.cost.ScanCost;
import io.kurobe.planner.cost.Statistics;
import io.kurobe.planner.distribute.DistributedEngine;
import io.kurobe.planner.distribute.Distribution;
import io.kurobe.planner.distribute.Distribution.Distributed;
import io.kurobe.planner.execute.AnalyzedExecution;
import io.kurobe.planner.execute.Constants;
import io.kurobe.planner.execute.Engine;
import io.kurobe.planner.execute.LocalRows;
import io.kurobe.planner.explain.Explanation;
import io.kurobe.planner.fragment.DynamicFilters;
import io.kurobe.planner.fragment.FragmentPlan;
import io.kurobe.planner.fragment.Fragmenter;
import io.kurobe.planner.fragment.Unparser;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.optimize.Optimizer;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.parser.SqlAsk;
import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.privacy.ClassificationRows;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.system.Activity;
import io.kurobe.planner.system.KillCommand;
import io.kurobe.planner.system.SystemTables;
import io.kurobe.planner.system.Viewer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;

/**
 * The planner over the unified catalog: parse → expand ASK → bind → authorize → optimize → cut into
 * fragments. Commands, listings and explanations are planned here too, each by the class named
 * after it. Threads share it.
 */
public final class FederatedPlanner implements Planner {
  private final Catalog catalog;
  private final StatementParser parser = new StatementParser();
  private final Binder binder;
  private final AccessControl accessControl;
  private final ViewTables viewTables;
  private final PolicyExpressions policies;
  private final PolicyChecks policyChecks;
  private final Authorizer authorizer;
  private final Administration administration;
  private final Optimizer optimizer = new Optimizer();
  private final SystemTables system;
  private final KillCommand kill;
  private final boolean open;
  private final ClassifyCommands classify;
  private final CommentCommands comments;
  private final Unparser unparser;
  private final AskExpander asks;
  private final AskLog askLog;
  private final Questions questions;
  private final MemoryCommands memory;
  private final ViewCommands views;
  private final Shows shows;
  private final Engine engine;
  private final Statistics statistics;
  private final Optional<Distribution> distribution;
  private final Views definitions;
  private final PlanCache plans = new PlanCache();

  /** Makes a planner that remembers no questions. */
  public FederatedPlanner(
      Catalog catalog,
      Views views,
      AccessControl accessControl,
      Questions questions,
      AskPolicy askPolicy,
      Engine engine,
      Optional<DistributedEngine> distributed,
      Activity activity,
      Administration administration,
      Classifications classifications) {
    this(
        catalog,
        views,
        accessControl,
        questions,
        askPolicy,
        engine,
        distributed,
        activity,
        administration,
        classifications,
        Memory.NONE);
  }

  /**
   * Makes a planner; nothing that is passed in is closed by it.
   *
   * @param engine runs what no source runs
   * @param distributed runs what crosses sources, where it is configured
   * @param activity what {@code system.runtime} shows and KILL stops
   * @param classifications where what columns hold of persons is kept
   * @param memory where what people ask and teach is kept
   */
  public FederatedPlanner(
      Catalog catalog,
      Views views,
      AccessControl accessControl,
      Questions questions,
      AskPolicy askPolicy,
      Engine engine,
      Optional<DistributedEngine> distributed,
      Activity activity,
      Administration administration,
      Classifications classifications,
      Memory memory) {
    this.catalog = catalog;
    this.questions = questions;
    this.administration = administration;
    this.distribution = distributed.map(cluster -> new Distribution(catalog, cluster));
    this.definitions = views;
    this.engine = engine;
    this.statistics = new Statistics(catalog::source, engine.staging());
    var classifier = new Classifier(classifications);
    this.system =
        new SystemTables(
            catalog,
            this::described,
            activity,
            engine.fragments(),
            classifier,
            administration,
            engine.clock(),
            memory,
            this::whyNotRun);
    this.kill = new KillCommand(activity);
    this.open = accessControl == AccessControl.OPEN;
    this.classify = new ClassifyCommands(catalog, classifier, open);
    this.comments = new CommentCommands(catalog, open);
    this.accessControl = accessControl;
    this.policies = new PolicyExpressions(catalog, system.catalog());
    this.policyChecks = new PolicyChecks(catalog, policies);
    this.authorizer = new Authorizer(SystemTables.open(accessControl), policies);
    this.binder = new Binder(catalog, views, parser, system.catalog(), authorizer);
    this.viewTables = new ViewTables(catalog, accessControl, views, binder, parser, authorizer);
    this.unparser = new Unparser(catalog, DuckDbDialect.INSTANCE);
    var reads = new BriefReads();
    var values = new FrequentValues(catalog, accessControl, classifier, this::plan, reads);
    this.askLog = new AskLog(memory, engine.clock());
    this.memory = new MemoryCommands(memory, open, engine.clock());
    var probes =
        new Probes(authorizer, (session, query) -> query(session, query, List.of(), false), reads);
    this.asks =
        new AskExpander(
            questions,
            accessControl,
            askPolicy,
            session ->
                new PlannerSupport(session, catalog, parser, binder, values, classifier, probes),
            engine.listener(),
            askLog);
    this.views = new ViewCommands(views, accessControl, authorizer);
    this.shows = new Shows(catalog, views, authorizer, activity::warnings, asks::metrics);
  }

  /** What tells whether a row filter or a mask could be enforced, for those that keep them. */
  public PolicyExpressions policies() {
    return policies;
  }

  /** The catalog as a session's principal may see it, with the views as tables of a source. */
  public CatalogSnapshot described(Session session) {
    return viewTables.described(session);
  }

  @Override
  public PlannedStatement plan(Session session, String sql) {
    if (sql.length() > session.limits().maxStatementLength()) {
      throw new KurobeException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "the statement has "
              + sql.length()
              + " characters; "
              + session.limits().maxStatementLength()
              + " are allowed");
    }
    // Asked before anything is made by it.
    long accessVersion = accessControl.version();
    var key = PlanCache.Key.of(session, sql, catalog.version(), accessVersion);
    List<ViewDefinition> views = definitions.list();
    Optional<QueryPlan> known = plans.find(key, views);
    if (known.isPresent()) {
      // What its principal may read may have changed since.
      authorizer.check(session, known.get().tree());
      engine.listener().planFound(true);
      return known.get().forSession(session);
    }
    PlannedStatement planned = plan(session, timed(Step.PARSE, () -> parser.parse(sql)));
    if (planned instanceof QueryPlan plan && plan.isShareable()) {
      engine.listener().planFound(false);
      if (!statistics.isReading()) {
        // The catalog may have been read meanwhile; what counts is what names were bound against.
        plans.keep(
            PlanCache.Key.of(session, sql, plan.catalogVersion(), accessVersion), views, plan);
      }
    }
    return planned;
  }

  private PlannedStatement plan(Session session, Statement statement) {
    if (statement instanceof Statement.Query query) {
      return query.query() instanceof SqlAsk ask && ask.isParameter()
          ? askParameter(session, ask)
          : asked(session, query.query());
    }
    if (statement instanceof Statement.Explain explain) {
      return explain(session, explain);
    }
    if (statement instanceof Statement.ExplainAsk explain) {
      return explainAsk(session, explain.ask());
    }
    if (statement instanceof Statement.AskSql ask) {
      return askSql(session, ask.ask());
    }
    if (statement instanceof Statement.Show show) {
      List<io.kurobe.adapters.type.SqlType.Field> columns = shows.columns(show);
      return new LocalStatement(
          Kind.SHOW, columns, options -> local(columns, shows.rows(session, show)));
    }
    if (statement instanceof Statement.ShowMSchema show) {
      List<List<String>> scope =
          show.names().stream().map(name -> List.copyOf(name.names)).toList();
      return new LocalStatement(
          Kind.SHOW,
          Shows.MSCHEMA,
          options -> local(Shows.MSCHEMA, List.of(List.of(asks.schemaForModels(session, scope)))));
    }
    if (statement instanceof Statement.ClassifyTable table) {
      return rows(ClassificationRows.COLUMNS, options -> classify.table(session, table.name()));
    }
    if (statement instanceof Statement.ClassifySource source) {
      return rows(
          ClassificationRows.COLUMNS,
          options -> classify.source(session, source.source(), options.timeout()));
    }
    if (statement instanceof Statement.Security security) {
      return administer(session, security.statement());
    }
    return command(session, statement);
  }

  private PlannedStatement administer(Session session, SecurityStatement statement) {
    List<io.kurobe.adapters.type.SqlType.Field> columns = administration.columns(statement);
    return new LocalStatement(
        columns.isEmpty() ? Kind.COMMAND : Kind.SHOW,
        columns,
        options -> {
          if (session.principal().roles().contains(AccessControl.ADMIN)) {
            policyChecks.check(session, statement);
          }
          return local(columns, administration.run(session, statement));
        });
  }

  private PlannedStatement asked(Session session, SqlNode query) {
    Expanded expanded = asks.expand(session, query);
    QueryPlan plan = query(session, expanded);
    return expanded.answers().isEmpty()
        ? plan
        : new AskedStatement(plan, session, expanded.answers(), askLog);
  }

  private QueryPlan query(Session session, Expanded expanded) {
    return query(session, expanded.query(), expanded.warnings(), expanded.answers().isEmpty());
  }

  /**
   * Plans a query without ASK.
   *
   * @param asWritten whether all of it was written by its user; answers to questions may change
   */
  private QueryPlan query(
      Session session, SqlNode query, List<Warning> warnings, boolean asWritten) {
    SqlNode untouched = TreeCopy.of(query);
    var stale = new StalePlans(catalog);
    BoundQuery bound = timed(Step.BIND, () -> binder.bind(session, query));
    Authorized authorized = authorizer.authorize(session, bound.tree());
    boolean pushdown = Settings.pushdown(session);
    Function<String, Source> sources = sources(session);
    Distributed placed =
        timed(Step.OPTIMIZE, () -> distributed(optimizer.normalize(authorized.tree()), pushdown));
    RelNode optimized =
        timed(
            Step.OPTIMIZE,
            () ->
                optimizer.arrange(
                    placed.tree(),
                    name -> pushdown && sources.apply(name).attachedAs().isEmpty(),
                    new Estimator(statistics::of)));
    FragmentPlan fragments =
        timed(
            Step.FRAGMENT,
            () ->
                filtered(
                    session,
                    new Fragmenter(sources).cut(optimized, pushdown).because(placed.unseen())));
    return new QueryPlan(
        engine,
        unparser.concealing(authorized.concealed()),
        session,
        bound,
        fragments,
        () -> scanned(optimized),
        warnings,
        stale,
        other -> query(other, TreeCopy.of(untouched), warnings, asWritten),
        // Kurobe's own tables are made for one session.
        asWritten && !FragmentPlan.sources(fragments).contains(SystemTables.NAME));
  }

  /** By the statistics of now; what Kurobe knows of itself costs nothing. */
  private double scanned(RelNode optimized) {
    return new ScanCost(
            new Estimator(statistics::of), table -> !table.source().equals(SystemTables.NAME))
        .of(optimized);
  }

  private Distributed distributed(RelNode normalized, boolean pushdown) {
    return distribution.isEmpty() || !pushdown
        ? new Distributed(normalized, List.of())
        : distribution.get().apply(optimizer.trim(normalized));
  }

  private FragmentPlan filtered(Session session, FragmentPlan plan) {
    return plan instanceof FragmentPlan.AtEngine at && Settings.dynamicFilters(session)
        ? DynamicFilters.plan(at, statistics::of)
        : plan;
  }

  private <T> T timed(Step step, Supplier<T> work) {
    long before = System.nanoTime();
    try {
      return work.get();
    } finally {
      engine.listener().took(step, Duration.ofNanos(System.nanoTime() - before));
    }
  }

  private boolean seesEveryone(Session session) {
    return open || session.principal().roles().contains(AccessControl.ADMIN);
  }

  /** The sources by name, Kurobe's own tables among them as the session's principal sees them. */
  private Function<String, Source> sources(Session session) {
    Source own = system.seenBy(new Viewer(session, seesEveryone(session)), engine.allocator());
    return name -> name.equals(SystemTables.NAME) ? own : catalog.source(name);
  }

  private PlannedStatement askParameter(Session session, SqlAsk ask) {
    return new AskParameter(
        text -> {
          Answer answer = asks.answer(session, ask, ask.toQuestion(text));
          QueryPlan plan =
              query(
                  session,
                  AskExpander.at(ask.getParserPosition(), answer.query().query()),
                  asks.warnings(answer),
                  false);
          return new AskedStatement(plan, session, List.of(answer), askLog);
        });
  }

  private PlannedStatement explain(Session session, Statement.Explain explain) {
    QueryPlan plan = query(session, asks.expand(session, explain.query()));
    return new LocalStatement(
        Kind.QUERY,
        Explanation.FRAGMENT_COLUMNS,
        options -> {
          if (!explain.analyze()) {
            var constants = new Constants(session, engine.clock().instant(), List.of());
            return local(
                Explanation.FRAGMENT_COLUMNS,
                Explanation.fragments(
                    plan.parameters().isEmpty() ? plan.withConstants(constants) : plan.fragments(),
                    plan.unparser()));
          }
          return new AnalyzedExecution(
              plan.startMeasured(options),
              Explanation.FRAGMENT_COLUMNS,
              meters ->
                  local(
                      Explanation.FRAGMENT_COLUMNS, Explanation.measured(plan.fragments(), meters)),
              engine.allocator());
        });
  }

  private PlannedStatement explainAsk(Session session, SqlAsk ask) {
    return rows(
        Explanation.ASK_COLUMNS, options -> Explanation.ask(asks.outcome(session, question(ask))));
  }

  private PlannedStatement askSql(Session session, SqlAsk ask) {
    return rows(
        Explanation.ASK_SQL_COLUMNS,
        options -> Explanation.askSql(asks.answer(session, ask).query()));
  }

  private static io.kurobe.planner.question.Question question(SqlAsk ask) {
    if (ask.isParameter()) {
      throw new KurobeException(
          ErrorCode.NOT_SUPPORTED, "EXPLAIN ASK takes the question itself, not a parameter");
    }
    return ask.toQuestion();
  }

  private PlannedStatement command(Session session, Statement statement) {
    if (statement instanceof Statement.SetOption set) {
      if (set.name().equalsIgnoreCase(Session.CONVERSATION) && set.values().size() == 1) {
        questions.join(set.values().get(0), session);
      }
      return sessionChange(() -> Settings.set(session, set.name(), set.values()));
    }
    if (statement instanceof Statement.ResetOption reset) {
      if (reset.name().equalsIgnoreCase(Session.CONVERSATION)) {
        return done(() -> questions.reset(session));
      }
      return sessionChange(() -> Settings.reset(session, reset.name()));
    }
    if (statement instanceof Statement.CreateView create) {
      return createView(session, create);
    }
    if (statement instanceof Statement.DropView drop) {
      return done(() -> views.drop(session, drop));
    }
    if (statement instanceof Statement.RefreshView refresh) {
      return done(
          () ->
              views.refresh(
                  session,
                  refresh,
                  (view, ask) -> recreate(session, view.name(), parser.parse(ask))));
    }
    if (statement instanceof Statement.Teach teach) {
      return teach(session, teach);
    }
    if (statement instanceof Statement.Forget forget) {
      return done(() -> memory.forget(session, forget));
    }
    if (statement instanceof Statement.Feedback feedback) {
      return done(() -> memory.feedback(session, feedback));
    }
    if (statement instanceof Statement.ClassifyColumn column) {
      return done(() -> classify.column(session, column));
    }
    if (statement instanceof Statement.Kill stop) {
      return done(() -> kill.kill(new Viewer(session, seesEveryone(session)), stop.queryId()));
    }
    if (statement instanceof Statement.Refresh refresh) {
      return done(
          () -> {
            statistics.forget(refresh.source());
            plans.clear();
            catalog.refresh(refresh.source());
            distribution.ifPresent(Distribution::forget);
          });
    }
    if (statement instanceof Statement.CommentOn comment
        && comment.target() == Statement.CommentOn.Target.VIEW) {
      return done(() -> views.comment(session, comment));
    }
    if (statement instanceof Statement.CommentOn comment) {
      return done(() -> comments.comment(session, comment));
    }
    throw new KurobeException(ErrorCode.INTERNAL, "nothing answers " + statement);
  }

  private PlannedStatement createView(Session session, Statement.CreateView create) {
    Expanded expanded = asks.expand(session, create.query());
    Optional<String> question =
        create.query() instanceof SqlAsk
            ? Optional.of(expanded.answers().get(0).question().question().text())
            : Optional.empty();
    BoundQuery bound = binder.bindFor(ViewCommands.name(create.name()), session, expanded.query());
    authorizer.check(session, bound.tree());
    return done(() -> views.create(session, create, bound, question));
  }

  private BoundQuery recreate(Session session, String view, Statement ask) {
    if (!(ask instanceof Statement.Query query)) {
      throw new KurobeException(
          ErrorCode.INTERNAL, "the question of view " + view + " is no longer one");
    }
    SqlNode expanded = asks.expandAlone(session, query.query()).query();
    BoundQuery bound = binder.bindFor(view, session, expanded);
    authorizer.check(session, bound.tree());
    return bound;
  }

  private PlannedStatement teach(Session session, Statement.Teach teach) {
    MemoryCommands.checkQuestion(teach.question());
    BoundQuery bound = binder.bind(session, asks.expand(session, teach.query()).query());
    authorizer.check(session, bound.tree());
    return done(() -> memory.teach(session, teach.question(), bound));
  }

  /** Why a session cannot run a query of Kurobe's SQL; empty if it can. */
  private Optional<String> whyNotRun(Session session, String sql) {
    try {
      authorizer.check(session, binder.bind(session, parser.parseQuery(sql)).tree());
      return Optional.empty();
    } catch (KurobeException e) {
      return Optional.of(e.getMessage());
    }
  }

  private interface Rows {
    List<? extends List<? extends Object>> get(ExecutionOptions options);
  }

  private interface Change {
    Session get();
  }

  private PlannedStatement rows(List<io.kurobe.adapters.type.SqlType.Field> columns, Rows rows) {
    return new LocalStatement(Kind.QUERY, columns, options -> local(columns, rows.get(options)));
  }

  private PlannedStatement sessionChange(Change change) {
    // Checked when planned, so that a bad value is refused before anything is executed.
    Session changed = change.get();
    return new LocalStatement(
        Kind.COMMAND,
        List.of(),
        options -> new LocalRows(engine.allocator(), List.of(), List.of(), Optional.of(changed)));
  }

  private PlannedStatement done(Runnable work) {
    return new LocalStatement(
        Kind.COMMAND,
        List.of(),
        options -> {
          work.run();
          return local(List.of(), List.of());
        });
  }

  private LocalRows local(
      List<io.kurobe.adapters.type.SqlType.Field> columns,
      List<? extends List<? extends Object>> rows) {
    return new LocalRows(engine.allocator(), columns, rows, Optional.empty());
  }
}
