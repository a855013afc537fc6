package io.kurobe.nl2sql.offline.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  private final Lexicon lexicon = Lexicon.english();
  private final Tokenizer tokenizer = new Tokenizer(lexicon, new Stems(lexicon));

  private List<String> words(String question) {
    return tokenizer.question(question).stream().map(Token::text).toList();
  }

  @Test
  void keepsQuotedTextWhole() {
    assertThat(tokenizer.question("orders of \"Ada Lovelace\" or 'Bob'"))
        .extracting(Token::kind)
        .containsExactly(
            Token.Kind.WORD,
            Token.Kind.WORD,
            Token.Kind.QUOTED,
            Token.Kind.WORD,
            Token.Kind.QUOTED);
  }

  @Test
  void opensContractionsAndDropsPossessives() {
    assertThat(words("customers who didn't pay"))
        .containsExactly("customers", "who", "did", "not", "pay");
    assertThat(words("the customer's orders")).containsExactly("the", "customer", "orders");
    assertThat(words("the customers' orders")).containsExactly("the", "customers", "orders");
  }

  @Test
  void readsNumbersWithSeparatorsAndInWords() {
    assertThat(tokenizer.question("over 1,250.5 or twelve"))
        .filteredOn(token -> token.number() != null)
        .extracting(token -> String.valueOf(token.number()))
        .containsExactly("1250.5", "12");
  }

  @Test
  void bringsIrregularFormsTogether() {
    var stems = new Stems(lexicon);
    assertThat(stems.of("people")).isEqualTo(stems.of("person"));
    assertThat(stems.of("categories")).isEqualTo(stems.of("category"));
  }
}
