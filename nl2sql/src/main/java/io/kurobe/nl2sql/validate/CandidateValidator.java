package io.kurobe.nl2sql.validate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.dialect.ModelForms;
import io.kurobe.nl2sql.dialect.ModelSql;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.QuestionSupport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;

/** Makes candidates of proposals. Threads share it. */
public final class CandidateValidator {
  private static final int KEPT = 16;

  private final Cache<SeenCatalog, KnownTables> known =
      Caffeine.newBuilder().maximumSize(KEPT).expireAfterAccess(Duration.ofMinutes(10)).build();

  /** The tables of a question's scope; they are the same for all questions while a catalog is. */
  public KnownTables tables(GenerationTask task) {
    CatalogSnapshot catalog = task.support().catalog();
    Scope scope = new Scope(task.question().scope());
    return known.get(
        new SeenCatalog(catalog.sources(), catalog.relations(), scope),
        key -> new KnownTables(catalog, key.scope()));
  }

  /**
   * The candidate that a proposal of Kurobe's own SQL makes: bound as it is, or not at all.
   *
   * @throws KurobeException what is wrong with it
   */
  public Candidate asWritten(Proposal proposal, GenerationTask task) {
    SqlNode tree = task.support().parse(proposal.sql());
    return new Candidate(
        proposal, tree, proposal.sql(), task.support().bind(tree), List.of(), List.of());
  }

  /**
   * The candidate that a proposal of any dialect makes.
   *
   * @throws KurobeException what is wrong with it, if nothing mends it
   */
  public Candidate translated(Proposal proposal, GenerationTask task, KnownTables tables) {
    QuestionSupport support = task.support();
    String text = ModelSql.translate(proposal.sql(), tables::isName);
    SqlNode forms = ExtremeRows.in(ModelForms.translate(support.parse(text)));
    SqlNode written = ColumnConditions.in(forms, tables);
    SqlNode tree = Ties.broken(FullNames.in(written, tables), tables);
    Repairs repairs = new Repairs(support, tables);
    Repairs.Bound bound = repairs.bind(tree);
    var values = new StoredValues(support, tables);
    SqlNode stored = values.mend(bound.tree());
    BoundQuestion question =
        stored == bound.tree() ? bound.question() : repairs.bind(stored).question();
    List<String> all = new ArrayList<>(bound.repairs());
    all.addAll(values.repairs());
    List<Signal> signals = new ArrayList<>(values.signals());
    String asked = task.question().text();
    String said = asked + " " + task.question().options().getOrDefault("evidence", "");
    signals.addAll(new Signals(tables, asked, said).of(stored, question));
    return new Candidate(proposal, stored, written(stored), question, all, signals);
  }

  /** A query as text in Kurobe's SQL. */
  public static String written(SqlNode tree) {
    return tree.toSqlString(
            config ->
                config
                    .withDialect(PostgresqlSqlDialect.DEFAULT)
                    .withQuoteAllIdentifiers(false)
                    .withAlwaysUseParentheses(false)
                    .withSelectListItemsOnSeparateLines(false)
                    .withIndentation(0))
        .getSql()
        .replace('\n', ' ');
  }
}
