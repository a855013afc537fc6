package io.kurobe.nl2sql.offline.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.nl2sql.CatalogText;
import io.kurobe.nl2sql.Schemas;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.nl2sql.offline.read.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkingTest {
  private final Lexicon lexicon = Lexicon.english();
  private final Stems stems = new Stems(lexicon);

  private String best(CatalogText catalog, String... words) {
    Schema schema = Schema.of(catalog.catalog(), List.of(), lexicon, stems);
    List<Link> links = new NameLinker(schema, lexicon, stems).links(List.of(words));
    return links.isEmpty() ? "nothing" : links.get(0).target().toString();
  }

  private List<Item> segments(CatalogText catalog, String question) {
    var tokenizer = new Tokenizer(lexicon, stems);
    Schema schema = Schema.of(catalog.catalog(), List.of(), lexicon, stems);
    var names = new NameLinker(schema, lexicon, stems);
    var values = new ValueIndex(tokenizer, stems, Caffeine.newBuilder().build());
    List<Token> tokens = tokenizer.question(question);
    new ValueLoader(schema, names, catalog).load(tokens, values);
    return new Segmenter(lexicon, names, values).segment(question, tokens);
  }

  @Test
  void linksNamesWhateverTheirNumberAndCase() {
    assertThat(best(Schemas.LIBRARY, "authors")).isEqualTo("table Author");
    assertThat(best(Schemas.LIBRARY, "publication", "years"))
        .isEqualTo("column Book.PublicationYear");
  }

  @Test
  void linksATablesWordBeforeItsColumn() {
    assertThat(best(Schemas.FREIGHT, "ship", "name")).isEqualTo("column ships.ship_name");
    assertThat(best(Schemas.CLINIC, "pet", "weight")).isEqualTo("column pets.weight");
  }

  @Test
  void linksSynonymsAndMisspeltAndShortenedNames() {
    assertThat(best(Schemas.SHOP, "clients")).isEqualTo("table customers");
    assertThat(best(Schemas.SHOP, "campagns")).isEqualTo("table campaigns");
    assertThat(best(CatalogText.of("a.b.inst: id int key, name text"), "institution"))
        .isEqualTo("table inst");
    assertThat(best(Schemas.SHOP, "astrology")).isEqualTo("nothing");
  }

  @Test
  void accountsForEveryWordOnce() {
    assertThat(segments(Schemas.SHOP, "how many purple customers from New York"))
        .extracting(Item::text)
        .containsExactly("how many", "purple", "customers", "from", "New York");
  }

  @Test
  void findsStoredValuesThatNoColumnIsNamedFor() {
    assertThat(segments(Schemas.FREIGHT, "voyages with steel").get(2))
        .isInstanceOfSatisfying(
            Item.Named.class,
            named ->
                assertThat(named.target()).hasToString("value 'steel' of containers.contents"));
  }

  @Test
  void findsHowSexesAreStored() {
    var catalog = CatalogText.of("a.b.people: id int key, name text, sex text = F|M");
    assertThat(segments(catalog, "female people").get(0))
        .isInstanceOfSatisfying(
            Item.Named.class,
            named -> assertThat(named.target()).hasToString("value 'F' of people.sex"));
  }

  @Test
  void prefersTheLongestPhrase() {
    assertThat(segments(Schemas.SHOP, "names in descending order"))
        .element(1)
        .isInstanceOfSatisfying(
            Item.Phrase.class,
            phrase -> {
              assertThat(phrase.text()).isEqualTo("in descending order");
              assertThat(phrase.cue()).isEqualTo(Cue.DIRECTION);
            });
  }

  @Test
  void guessesJoinsWhereNoKeyIsDeclared() {
    Schema schema = Schema.of(Schemas.FOOTBALL.catalog(), List.of(), lexicon, stems);
    SchemaTable player =
        schema.tables().stream().filter(t -> t.toString().equals("player")).findFirst().get();
    assertThat(player.joins()).singleElement().matches(join -> !join.declared() && join.toOne());
  }
}
