package io.kurobe.nl2sql.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceConfig.Models;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.CatalogText;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.nl2sql.retrieve.embed.WordModel;
import io.kurobe.nl2sql.retrieve.index.CatalogTexts;
import io.kurobe.nl2sql.retrieve.index.IndexedValues;
import io.kurobe.nl2sql.retrieve.index.SchemaIndex;
import io.kurobe.nl2sql.retrieve.index.Synonyms;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.AskOutcome.AskStep;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linking questions over the index. */
class IndexLinkerTest {
  private static final Session SESSION =
      new Session(
          "test",
          new Principal("tester", Set.of()),
          ZoneId.of("UTC"),
          List.of(),
          Limits.DEFAULT,
          Map.of());

  private static final CatalogText CATALOG =
      CatalogText.of(
          """
          shop.public.clients: client_ref int key, town text = Leeds|Northampton|York, rating int
          shop.public.orders: order_ref int key, client_ref int -> clients.client_ref, placed_on date, status text = open|shipped|late
          shop.public.order_lines: order_ref int -> orders.order_ref, item_ref int -> items.item_ref, quantity int, price num
          shop.public.items: item_ref int key, title text = Kettle|Toaster, weight num
          shop.public.suppliers: supplier_ref int key, region text = North|South
          staff.public.wages: wage_ref int key, worker text, pay num
          staff.public.shifts: shift_ref int key, begun_at time, machine text = Lathe|Press
          lake.main.visits: visit_ref int key, client_ref int, page text = /start|/kettles, device text = phone|desktop
          lake.main.weather: station text = Leeds|Hull, temperature num, wind num, rain num, cloud num, sun num
          lake.main.visits.client_ref = shop.public.clients.client_ref
          """);

  @TempDir private Path directory;
  private final WordModel model = new WordModel();
  private SchemaIndex index;

  @BeforeEach
  void indexAll() {
    index =
        new SchemaIndex(
            directory,
            new CatalogTexts(Lexicon.english()),
            Embeddings.of(() -> model),
            IndexedValues.NONE,
            Synonyms.NONE);
    index.update(1, CATALOG::catalog);
    assertThat(index.awaitComplete(Duration.ofSeconds(20))).isTrue();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  /** What a session sees of the catalog. */
  private record Seen(CatalogSnapshot catalog, ModelGate models) implements QuestionSupport {
    static Seen of(UnaryOperator<SourceCatalog> change) {
      CatalogSnapshot whole = CATALOG.catalog();
      var seen =
          new CatalogSnapshot(1, whole.sources().stream().map(change).toList(), whole.relations());
      return new Seen(seen, new ModelGate(seen, new Classifier(Classifications.NONE)));
    }

    @Override
    public SqlNode parse(String sql) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SqlType.Field> validate(SqlNode query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> frequentValues(TableName table, String column) {
      return CATALOG.frequentValues(table, column);
    }
  }

  private static UnaryOperator<SourceCatalog> models(String source, Models models) {
    return catalog ->
        catalog.name().equals(source)
            ? new SourceCatalog(
                with(catalog.config(), models), catalog.defaultSchema(), catalog.metadata())
            : catalog;
  }

  private static SourceConfig with(SourceConfig config, Models models) {
    return new SourceConfig(
        config.name(),
        config.type(),
        config.url(),
        config.path(),
        config.user(),
        config.password(),
        config.schemas(),
        config.defaultSchema(),
        config.poolSize(),
        config.poolIdle(),
        config.timeout(),
        config.numericScale(),
        models,
        config.selection(),
        config.tables());
  }

  private LinkedSchema link(String question, Seen seen, LinkLimits limits, String... on) {
    return link(question, seen, limits, new Trace(), on);
  }

  private LinkedSchema link(
      String question, Seen seen, LinkLimits limits, Trace trace, String... on) {
    var linker = new IndexLinker(index, CATALOG::catalog, limits, Lexicon.english());
    var asked =
        new Question(question, List.of(on).stream().map(List::of).toList(), List.of(), Map.of());
    return linker.link(asked, SESSION, seen, trace);
  }

  private static final LinkLimits FEW = new LinkLimits(0, 2, 4, 2, 3);

  private static Seen everything() {
    return Seen.of(UnaryOperator.identity());
  }

  private static List<String> tables(MSchema schema) {
    return schema.tables().stream().map(table -> table.place().table()).toList();
  }

  private static List<String> columns(MSchema schema, String table) {
    return schema.tables().stream()
        .filter(each -> each.place().table().equals(table))
        .flatMap(each -> each.fields().stream())
        .map(MSchema.Field::name)
        .toList();
  }

  private static List<String> values(MSchema schema, String table, String column) {
    return schema.tables().stream()
        .filter(each -> each.place().table().equals(table))
        .flatMap(each -> each.fields().stream())
        .filter(field -> field.name().equals(column))
        .flatMap(field -> field.values().stream())
        .toList();
  }

  @Test
  void aSmallScopeIsToldWhole() {
    LinkedSchema linked = link("what is the pay of each worker", everything(), LinkLimits.DEFAULT);

    assertThat(tables(linked.precise())).hasSize(9);
    assertThat(linked.fuller()).isEqualTo(linked.precise());
  }

  @Test
  void fewTablesArePreciseAndMoreAreFuller() {
    LinkedSchema linked = link("what is the pay of each worker", everything(), FEW);

    assertThat(tables(linked.precise())).contains("wages").hasSizeLessThanOrEqualTo(2);
    assertThat(tables(linked.fuller())).containsAll(tables(linked.precise())).hasSize(4);
    assertThat(columns(linked.precise(), "wages")).contains("worker", "pay");
  }

  @Test
  void keysOfWhatWasChosenAreAddedWithTheTableBetween() {
    LinkedSchema linked =
        link("quantity sold by town of the client", everything(), new LinkLimits(0, 4, 5, 1, 1));

    assertThat(tables(linked.fuller())).contains("clients", "orders", "order_lines");
    assertThat(columns(linked.fuller(), "clients")).contains("client_ref", "town");
    assertThat(columns(linked.fuller(), "orders")).contains("order_ref", "client_ref");
    assertThat(linked.fuller().keys())
        .extracting(key -> key.from().table() + "." + key.column())
        .contains("orders.client_ref", "order_lines.order_ref");
  }

  @Test
  void keysBetweenSourcesAreAmongThem() {
    LinkedSchema linked = link("device of visits and rating of clients", everything(), FEW);

    assertThat(MSchemaForm.FEDERATED.write(linked.precise()))
        .contains("lake.main.visits.client_ref=shop.public.clients.client_ref");
  }

  @Test
  void aStoredValueFindsItsColumnAndComesFirst() {
    LinkedSchema linked = link("how many came from York", everything(), FEW);

    assertThat(tables(linked.precise())).contains("clients");
    assertThat(values(linked.precise(), "clients", "town")).startsWith("York");
  }

  @Test
  void aValueIsFoundThoughItIsSpelledALittleDifferently() {
    LinkedSchema linked = link("clients in \"Northamton\"", everything(), FEW);

    assertThat(values(linked.precise(), "clients", "town"))
        .containsExactly("Northampton", "Leeds", "York");
  }

  @Test
  void aTableThatTheSessionDoesNotSeeIsNotChosenThoughItIsInTheIndex() {
    Seen seen =
        Seen.of(
            source ->
                source.name().equals("staff")
                    ? new SourceCatalog(
                        source.config(), source.defaultSchema(), new CatalogMetadata(List.of()))
                    : source);

    LinkedSchema linked = link("what is the pay of each worker", seen, FEW);

    assertThat(tables(linked.fuller())).isNotEmpty().doesNotContain("wages", "shifts");
  }

  @Test
  void nothingOfAClosedSourceIsChosen() {
    LinkedSchema linked =
        link("what is the pay of each worker", Seen.of(models("staff", Models.CLOSED)), FEW);

    assertThat(tables(linked.fuller())).isNotEmpty().doesNotContain("wages", "shifts");
  }

  @Test
  void ofASourceWithoutValuesThereAreNamesAlone() {
    Seen seen = Seen.of(models("shop", Models.NO_VALUES));

    LinkedSchema some = link("town York of clients", seen, FEW);
    LinkedSchema whole = link("town York of clients", seen, LinkLimits.DEFAULT);

    assertThat(tables(some.precise())).contains("clients");
    assertThat(values(some.fuller(), "clients", "town")).isEmpty();
    assertThat(MSchemaForm.FEDERATED.write(some.fuller())).doesNotContain("York");
    assertThat(MSchemaForm.FEDERATED.write(whole.fuller())).doesNotContain("York").contains("Hull");
  }

  @Test
  void nothingOutsideTheScopeIsChosen() {
    LinkedSchema linked = link("town of clients", everything(), FEW, "lake");

    assertThat(tables(linked.fuller())).isSubsetOf("visits", "weather").isNotEmpty();
  }

  @Test
  void ofAWideTableTheColumnsThatAreAskedForAreTold() {
    LinkedSchema linked = link("rain and wind", everything(), FEW);

    assertThat(columns(linked.precise(), "weather")).containsExactlyInAnyOrder("wind", "rain");
  }

  @Test
  void whatWasFoundIsTraced() {
    Trace trace = new Trace();

    link("how many came from York", everything(), FEW, trace);

    assertThat(trace.steps()).extracting(AskStep::agent).containsOnly("link");
    assertThat(trace.steps())
        .extracting(AskStep::detail)
        .anyMatch(detail -> detail.equals("shop.public.clients.town has York"))
        .anyMatch(detail -> detail.startsWith("shop.public.clients 0."));
    assertThat(trace.steps()).extracting(AskStep::verdict).contains("found", "value", "linked");
  }

  @Test
  void wordsAloneLinkWhereThereIsNoModel(@TempDir Path other) {
    index.close();
    index =
        new SchemaIndex(
            other,
            new CatalogTexts(Lexicon.english()),
            Embeddings.off(),
            IndexedValues.NONE,
            Synonyms.NONE);

    LinkedSchema linked = link("what is the pay of each worker", everything(), FEW);

    assertThat(tables(linked.precise())).startsWith("wages");
  }

  @Test
  void aQuestionOfNoKnownWordGetsSomethingAndNoError() {
    assertThat(link("?", everything(), FEW).precise().tables().size()).isLessThanOrEqualTo(2);
    assertThat(link("xyzzy plugh", everything(), FEW).fuller().tables().size())
        .isLessThanOrEqualTo(4);
  }

  @Test
  void aLargeCatalogThatCannotBeSearchedIsNotToldWhole() {
    index.close();

    assertThatThrownBy(() -> link("town of clients", everything(), FEW))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
        .hasMessageContaining("not indexed");
  }
}
