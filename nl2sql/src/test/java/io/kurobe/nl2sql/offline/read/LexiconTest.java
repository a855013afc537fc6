package io.kurobe.nl2sql.offline.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LexiconTest {
  private final Lexicon english = Lexicon.english();

  /** The English file with one text in place of another. */
  private static Lexicon with(String text, String instead) throws IOException {
    try (InputStream file = Lexicon.class.getResourceAsStream("en.lexicon")) {
      String english =
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(english).contains(text);
      byte[] changed = english.replace(text, instead).getBytes(StandardCharsets.UTF_8);
      return Lexicon.read("test.lexicon", new ByteArrayInputStream(changed));
    }
  }

  @Test
  void knowsWholeWordsEndingsAndWhatTheyAreNot() {
    assertThat(english.is("than", WordClass.COMPARED_WITH)).isTrue();
    assertThat(english.is("more than", WordClass.COMPARED_WITH)).isFalse();
    assertThat(english.is("orders", WordClass.PLURAL)).isTrue();
    assertThat(english.is("class", WordClass.PLURAL)).isFalse();
    assertThat(english.is("s", WordClass.PLURAL)).isFalse();
    assertThat(english.is("youngest", WordClass.OF_AGE)).isTrue();
  }

  @Test
  void findsWordsAtTheBeginningAtTheEndAndWithin() {
    assertThat(english.begins("or more", WordClass.ALTERNATIVE)).isTrue();
    assertThat(english.begins("order", WordClass.ALTERNATIVE)).isFalse();
    assertThat(english.ends("the average of", WordClass.GENITIVE)).isTrue();
    assertThat(english.has("did not have any", WordClass.NONE_AT_ALL)).isTrue();
    assertThat(english.has("did not", WordClass.NONE_AT_ALL)).isFalse();
  }

  @Test
  void comparesNamesByTheirStems() {
    NameClass.Of name = english.classes(List.of("order", "quantiti"));
    assertThat(name.ends()).contains(NameClass.QUANTITY);
    assertThat(name.whole()).isEmpty();
    assertThat(english.classes(List.of("salari")).whole()).contains(NameClass.MONEY);
    assertThat(english.classes(List.of("last", "name")).whole()).contains(NameClass.LAST_NAME);
  }

  @Test
  void aWordMayHaveABeginningAndAnEnding() throws IOException {
    Lexicon german = with("word past = *ed", "word past = ge??*t");
    assertThat(german.is("gekauft", WordClass.PAST)).isTrue();
    assertThat(german.is("gebt", WordClass.PAST)).isFalse();
    assertThat(german.is("gekaufte", WordClass.PAST)).isFalse();
  }

  @Test
  void givesSynonymsInTheOrderOfTheFile() {
    assertThat(english.synonyms("price")).containsExactly("cost", "charge", "fee", "fare");
  }

  @Test
  void aLanguageMayHaveNoWordOfAClass() throws IOException {
    Lexicon without = with("word possessive = s | 's | ’s", "word possessive =");
    assertThat(without.is("s", WordClass.POSSESSIVE)).isFalse();
  }

  @Test
  void saysWhichLineIsWrong() {
    assertThatThrownBy(() -> with("word one = one", "word uno = one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("test.lexicon:\\d+: nothing looks for a class uno");
    assertThatThrownBy(() -> with("word one = one", "word one = one\nword one = a"))
        .hasMessageContaining("the class one is declared twice");
    assertThatThrownBy(() -> with("word past = *ed", "word past = *e*d"))
        .hasMessageContaining("neither a beginning nor an ending: *e*d");
    assertThatThrownBy(() -> with("word one = one", "words one = one"))
        .hasMessageContaining("no kind of entry: words");
  }

  @Test
  void wantsEveryClassDeclaredAndEveryWordThatFormsSay() {
    assertThatThrownBy(() -> with("word one = one", "").is("one", WordClass.ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test.lexicon: these classes are not declared: one");
    assertThatThrownBy(() -> with("\neach = ", "\nfiller = "))
        .hasMessageContaining("nothing says each");
  }
}
