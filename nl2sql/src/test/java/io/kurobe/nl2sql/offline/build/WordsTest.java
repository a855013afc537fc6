package io.kurobe.nl2sql.offline.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.Schemas;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.Schema;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Lexicon ENGLISH = Lexicon.english();

  private final Words words =
      new Words(
          List.of(new Item.Unknown("More", false), new Item.Unknown("the average of", false)),
          Map.of(),
          ENGLISH);

  @Test
  void asksTheLexiconWhateverTheCase() {
    assertThat(words.is(0, WordClass.LESS, WordClass.MORE)).isTrue();
    assertThat(words.is(0, WordClass.LESS)).isFalse();
    assertThat(words.ends(1, WordClass.GENITIVE)).isTrue();
    assertThat(words.begins(1, WordClass.DEFINITE)).isTrue();
  }

  @Test
  void hasNoWordsOutsideOfTheQuestion() {
    assertThat(words.is(-1, WordClass.MORE)).isFalse();
    assertThat(words.has(2, WordClass.MORE)).isFalse();
  }

  @Test
  void saysPhrasesInItsLanguage() {
    Words longer = words.insert(1, Cue.COUNT);
    assertThat(longer.size()).isEqualTo(3);
    assertThat(longer.text(1)).isEqualTo("how many");
    assertThat(longer.is(1, Cue.COUNT)).isTrue();
  }

  @Test
  void keepsNamesInTheOrderOfTheQuestion() {
    Map<Integer, Link> chosen = new HashMap<>();
    Link link = link();
    IntStream.range(0, 40).forEach(i -> chosen.put((i * 7) % 40, link));
    assertThat(new Words(List.of(), chosen, ENGLISH).chosen().keySet())
        .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  private static Link link() {
    var catalog = Schemas.SHOP.catalog();
    Schema schema = Schema.of(catalog, List.of(), ENGLISH, new Stems(ENGLISH));
    return new Link(new Target.OfTable(schema.tables().iterator().next()), 1.0);
  }
}
