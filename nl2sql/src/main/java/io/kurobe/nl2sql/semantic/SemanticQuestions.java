package io.kurobe.nl2sql.semantic;

import io.kurobe.nl2sql.conversation.Reader;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.ForwardingQuestions;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a semantic layer: a question is said in the catalog's own words, metrics are columns
 * to who answers, and the query has their expressions. Threads share it.
 */
public final class SemanticQuestions extends ForwardingQuestions {
  private static final String AGENT = "semantic";
  private static final SqlDialect DIALECT =
      new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  private final SemanticSupport.Catalogs catalogs;

  public SemanticQuestions(Questions next, SemanticModel model) {
    super(next);
    this.catalogs = new SemanticSupport.Catalogs(model);
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    if (catalogs.model().isEmpty()) {
      return next.ask(question, session, support);
    }
    long since = System.nanoTime();
    var trace = new Trace();
    Canonical.Said said = catalogs.words(support.catalog()).say(question.text());
    if (!said.changes().isEmpty()) {
      trace.add(
          AGENT, question.text(), String.join("; ", said.changes()), "said", null, since, null);
    }
    AskOutcome outcome =
        next.ask(with(question, said.text()), session, new SemanticSupport(support, catalogs));
    return (outcome instanceof AskOutcome.Answered answered
            ? new AskOutcome.Answered(expanded(answered.query(), support), answered.steps())
            : outcome)
        .after(trace.steps());
  }

  /** The text that the tree is: whoever proposed it wrote metrics by their names. */
  private GeneratedQuery expanded(GeneratedQuery query, QuestionSupport support) {
    var expansion = new MetricTree(catalogs.model(), support::parse);
    SqlNode tree = expansion.expand(support.parse(query.sql()));
    if (!expansion.changed()) {
      return query;
    }
    String sql =
        tree.toSqlString(
                config ->
                    config.withDialect(DIALECT).withAlwaysUseParentheses(false).withIndentation(0))
            .getSql();
    return new GeneratedQuery(tree, sql, query.confidence(), query.warnings(), query.explanation());
  }

  private static Question with(Question question, String text) {
    return new Question(text, question.scope(), question.generators(), question.options());
  }

  @Override
  public String schemaForModels(
      List<List<String>> scope, Session session, QuestionSupport support) {
    QuestionSupport seen =
        catalogs.model().isEmpty() ? support : new SemanticSupport(support, catalogs);
    return next.schemaForModels(scope, session, seen);
  }

  @Override
  public List<List<@Nullable Object>> metrics(Session session, QuestionSupport support) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Metric metric : catalogs.model().metrics()) {
      if (SeenCatalog.isSeen(metric, support.catalog())) {
        rows.add(
            java.util.Arrays.asList(
                metric.name(),
                String.join(", ", metric.tables().stream().map(TableName::toString).toList()),
                metric.expression(),
                metric.filter().orElse(null),
                metric.unit().orElse(null),
                metric.description().orElse(null),
                metric.synonyms().isEmpty() ? null : String.join(", ", metric.synonyms())));
      }
    }
    return rows;
  }

  /** Reads questions through the same layer. */
  public Reader reading(Reader reader) {
    if (catalogs.model().isEmpty()) {
      return reader;
    }
    return new Reader() {
      @Override
      public List<Item> spans(Question question, QuestionSupport support) {
        return reader.spans(said(question, support), new SemanticSupport(support, catalogs));
      }

      @Override
      public Optional<Reading> reading(Question question, QuestionSupport support) {
        return reader.reading(said(question, support), new SemanticSupport(support, catalogs));
      }

      private Question said(Question question, QuestionSupport support) {
        return with(question, catalogs.words(support.catalog()).say(question.text()).text());
      }
    };
  }
}
