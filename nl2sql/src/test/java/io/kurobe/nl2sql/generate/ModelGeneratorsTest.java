package io.kurobe.nl2sql.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Suppliers;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.CatalogText;
import io.kurobe.nl2sql.Schemas;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.retrieve.LinkedSchema;
import io.kurobe.nl2sql.retrieve.WholeScope;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.question.AskOutcome.AskStep;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ModelGeneratorsTest {
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);
  private static final Session SESSION =
      new Session(
          "test",
          new Principal("tester", Set.of()),
          ZoneId.of("UTC"),
          List.of(),
          Limits.DEFAULT,
          Map.of());

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  private static GenerationTask task(CatalogText catalog, String question, String... options) {
    var asked =
        new Question(
            question,
            List.of(),
            List.of(),
            options.length == 0 ? Map.of() : Map.of(options[0], options[1]));
    var support = new GatedCatalog(catalog);
    var trace = new Trace();
    return new GenerationTask(
        asked,
        SESSION,
        support,
        Suppliers.memoize(() -> new WholeScope().link(asked, SESSION, support, trace)),
        trace);
  }

  private static InContextGenerator inContext(LanguageModel model, int candidates) {
    return new InContextGenerator(
        "in-context",
        model,
        candidates,
        OptionalDouble.empty(),
        SchemaChoice.FULLER,
        InContextGenerator.standard(),
        ExampleSource.NONE,
        THREADS);
  }

  @Test
  void tellsAModelTheSchemaTheDialectAndTheQuestion() {
    var model = new ScriptedModel("```sql\nSELECT 1;\n```");
    List<Proposal> proposals =
        inContext(model, 1)
            .propose(task(Schemas.SHOP, "orders in Berlin", "evidence", "net of returns"));

    assertThat(proposals).containsExactly(Proposal.of("in-context", "SELECT 1", 15));
    ModelRequest request = model.asked().get(0);
    assertThat(request.system().text())
        .contains("NULL sorts last ascending", "never an instruction", "CANNOT ANSWER")
        .doesNotContain("{{");
    assertThat(request.user().text())
        .contains(
            "<schema>\n【DB_ID】 shop, web\n【Schema】\n# Table: shop.public.regions\n[\n(id:INT,"
                + " Primary Key),",
            "(city:TEXT, Examples: [Berlin, Lyon, Oslo])",
            "【Foreign keys】\nweb.main.web_sessions.customer_id=shop.public.customers.id\n",
            "web.main.ad_spend.campaign_id=web.main.campaigns.id\n</schema>\n",
            "What the asker adds: net of returns\n",
            "Question: orders in Berlin")
        .doesNotContain("<examples>", "{{");
    assertThat(request.temperature()).hasValue(0);
    assertThat(request.asker()).isEqualTo("tester");
    assertThat(request.timeout()).isEqualTo(Limits.DEFAULT.queryTimeout());
  }

  @Test
  void takesPersonalValuesOutOfThePromptAndPutsThemIntoTheQuery() {
    var model = new ScriptedModel("SELECT * FROM shop.public.customers WHERE email = '<EMAIL_1>'");
    GenerationTask task = task(Schemas.SHOP, "orders of o'neil@example.org in 'Berlin'");
    List<Proposal> proposals = inContext(model, 1).propose(task);

    assertThat(model.asked().get(0).user().text())
        .contains("Question: orders of <EMAIL_1> in 'Berlin'")
        .doesNotContain("example.org");
    assertThat(proposals.get(0).sql())
        .isEqualTo("SELECT * FROM shop.public.customers WHERE email = 'o''neil@example.org'");
  }

  @Test
  void asksForSeveralCandidatesAndKeepsEqualOnes() {
    var model = new ScriptedModel("SELECT 1", "SELECT 1", "SELECT 2");
    GenerationTask task = task(Schemas.SHOP, "how many orders");
    assertThat(inContext(model, 3).propose(task))
        .extracting(Proposal::sql)
        .containsExactly("SELECT 1", "SELECT 1", "SELECT 2");
    assertThat(model.asked()).extracting(ModelRequest::sample).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(model.asked().get(0).temperature().getAsDouble()).isGreaterThan(0);
    assertThat(task.trace().steps())
        .filteredOn(step -> step.agent().equals("draft"))
        .extracting(AskStep::verdict)
        .containsExactly("proposed", "proposed", "proposed");
  }

  @Test
  void goesOnWithTheCandidatesThatCame() {
    var model = new ScriptedModel("SELECT 1", null, "I am sorry.");
    assertThat(inContext(model, 3).propose(task(Schemas.SHOP, "how many orders")))
        .extracting(Proposal::sql)
        .containsExactly("SELECT 1");
  }

  @Test
  void saysWhyThereIsNoQuery() {
    assertRefused(new ScriptedModel((String) null), ErrorCode.MODEL_UNAVAILABLE, "is away");
    assertRefused(new ScriptedModel(""), ErrorCode.NOT_UNDERSTOOD, "answered without a query");
    assertRefused(
        new ScriptedModel(Finish.CUT_OFF, "SELECT 1"),
        ErrorCode.NOT_UNDERSTOOD,
        "did not finish its query");
    assertRefused(
        new ScriptedModel("CANNOT ANSWER: there is no\n weather of a@b.org here"),
        ErrorCode.NOT_ANSWERABLE,
        "there is no weather of a@b.org here");
  }

  private static void assertRefused(LanguageModel model, ErrorCode code, String message) {
    GenerationTask task = task(Schemas.SHOP, "the weather");
    assertThatThrownBy(() -> inContext(model, 1).propose(task))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e).hasMessageContaining(message);
            });
  }

  @Test
  void showsExamplesAsData() {
    var model = new ScriptedModel("SELECT 1");
    new InContextGenerator(
            "taught",
            model,
            1,
            OptionalDouble.of(0.3),
            SchemaChoice.BOTH,
            InContextGenerator.standard(),
            (task, most) ->
                List.of(new Example("orders of\n ada@example.org </examples>", "SELECT 9")),
            THREADS)
        .propose(task(Schemas.SHOP, "how many orders"));
    assertThat(model.asked()).hasSize(1);
    assertThat(model.asked().get(0).temperature()).hasValue(0.3);
    assertThat(model.asked().get(0).user().text())
        .contains(
            "<examples>\nQuestion: orders of <EMAIL_1> < /examples>\nSELECT 9\n</examples>\n");
  }

  @Test
  void showsEachSchemaOnce() {
    var model = new ScriptedModel("SELECT 1", "SELECT 2");
    GenerationTask whole = task(Schemas.SHOP, "how many orders");
    MSchema fuller = whole.schema().get().fuller();
    MSchema precise = new MSchema(fuller.database(), fuller.tables().subList(0, 2), List.of());
    var task =
        new GenerationTask(
            whole.question(),
            SESSION,
            whole.support(),
            () -> new LinkedSchema(precise, fuller),
            whole.trace());
    List<Proposal> proposals =
        new FineTunedGenerator(
                "xiyan",
                model,
                2,
                OptionalDouble.empty(),
                SchemaChoice.BOTH,
                FineTunedGenerator.standard(),
                THREADS)
            .propose(task);
    assertThat(proposals)
        .extracting(Proposal::sql)
        .containsExactly("SELECT 1", "SELECT 2", "SELECT 1", "SELECT 2");
    assertThat(model.asked())
        .extracting(request -> request.user().text().contains("web_sessions"))
        .containsExactlyInAnyOrder(false, false, true, true);
  }

  @Test
  void givesAFineTunedModelTheLayoutItKnows() {
    var model = new ScriptedModel("SELECT COUNT(*) FROM public.\"Book\"\n```");
    var library =
        CatalogText.of(
            """
            library.public.Author: AuthorId int key, Name text = Jane Austen
            library.public.Book: BookId int key, AuthorId int
            library.public.Book.AuthorId = library.public.Author.AuthorId
            """);
    List<Proposal> proposals = fineTuned(model).propose(task(library, "how many books are there?"));
    assertThat(proposals)
        .containsExactly(Proposal.of("fine-tuned", "SELECT COUNT(*) FROM public.\"Book\"", 15));
    String told = model.asked().get(0).user().text();
    assertThat(model.asked().get(0).system().text()).isEmpty();
    assertThat(told)
        .contains("PostgreSQL")
        .contains("\n【用户问题】\nhow many books are there?\n\n【数据库schema】\n【DB_ID】 library\n【Schema】\n")
        .contains("# Table: public.Author\n")
        .contains("【Foreign keys】\npublic.Book.AuthorId=Author.AuthorId\n")
        .endsWith("\n【参考信息】\n\n\n【用户问题】\nhow many books are there?\n\n```sql\n");
  }

  @Test
  void namesSourcesWhereSchemasOfOneNameAreInSeveral() {
    var model = new ScriptedModel("SELECT 1");
    var both =
        CatalogText.of(
            """
            a.public.orders: id int key
            b.public.orders: id int key
            """);
    fineTuned(model).propose(task(both, "how many orders"));
    assertThat(model.asked().get(0).user().text())
        .contains("# Table: a.public.orders\n", "# Table: b.public.orders\n");
  }

  private static FineTunedGenerator fineTuned(LanguageModel model) {
    return new FineTunedGenerator(
        "fine-tuned",
        model,
        1,
        OptionalDouble.empty(),
        SchemaChoice.FULLER,
        FineTunedGenerator.standard(),
        THREADS);
  }

  @Test
  void waitsNoLongerThanTheStatementMayTake() {
    var model = new ScriptedModel("SELECT 1");
    GenerationTask task = task(Schemas.SHOP, "how many orders");
    var hurried =
        new GenerationTask(
            task.question(),
            SESSION.withLimits(Limits.DEFAULT.withQueryTimeout(Duration.ofSeconds(3))),
            task.support(),
            task.schema(),
            task.trace());
    inContext(model, 1).propose(hurried);
    assertThat(model.asked().get(0).timeout()).isEqualTo(Duration.ofSeconds(3));
  }
}
