package io.kurobe.nl2sql.offline.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.CatalogText;
import io.kurobe.nl2sql.Schemas;
import io.kurobe.nl2sql.offline.link.Schema;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinTreeTest {
  private static final Lexicon ENGLISH = Lexicon.english();

  private static SchemaTable table(Schema schema, String name) {
    return schema.tables().stream()
        .filter(t -> t.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Schema schema(CatalogText catalog) {
    return Schema.of(catalog.catalog(), List.of(), ENGLISH, new Stems(ENGLISH));
  }

  @Test
  void takesTheShortestWay() {
    Schema schema = schema(Schemas.MARKET);
    var tree = new JoinTree(table(schema, "page_views"), Set.of());
    assertThat(tree.reach(table(schema, "countries"))).isTrue();
    assertThat(tree.joins())
        .extracting(Object::toString)
        .containsExactly("page_views to web_sessions", "web_sessions to countries");
  }

  @Test
  void takesTheKeyThatIsNamed() {
    Schema schema =
        schema(
            CatalogText.of(
                """
                a.b.teams: id int key, name text
                a.b.games: id int key, home_id int -> teams.id, guest_id int -> teams.id
                """));
    SchemaTable games = table(schema, "games");
    for (String key : List.of("home_id", "guest_id")) {
      SchemaColumn named = games.column(key).orElseThrow();
      var tree = new JoinTree(games, Set.of(named));
      assertThat(tree.reach(table(schema, "teams"))).isTrue();
      assertThat(tree.joins().get(0).fromColumns()).containsExactly(named);
    }
  }

  @Test
  void knowsWhichRowsItRepeats() {
    Schema schema = schema(Schemas.CLINIC);
    var tree = new JoinTree(table(schema, "visits"), Set.of());
    tree.reach(table(schema, "owners"));
    assertThat(tree.keepsRowsOf(table(schema, "visits"))).isTrue();
    assertThat(tree.repeater(table(schema, "owners"))).contains(table(schema, "pets"));
    tree.reach(table(schema, "treatments"));
    assertThat(tree.repeater(table(schema, "visits"))).contains(table(schema, "treatments"));
  }

  @Test
  void findsNoWayBetweenWhatNothingJoins() {
    Schema schema = schema(CatalogText.of("a.b.cats: id int key\na.b.stars: name text"));
    assertThat(new JoinTree(table(schema, "cats"), Set.of()).reach(table(schema, "stars")))
        .isFalse();
  }

  @Test
  void saysTablesAsNouns() {
    assertThat(Nouns.one(table(schema(Schemas.SHOP), "categories"))).isEqualTo("category");
    assertThat(Nouns.one(table(schema(Schemas.MARKET), "web_sessions"))).isEqualTo("web session");
    assertThat(Nouns.many(table(schema(Schemas.LIBRARY), "Book"))).isEqualTo("books");
    assertThat(Nouns.many(table(schema(Schemas.SHOP), "categories"))).isEqualTo("categories");
  }
}
