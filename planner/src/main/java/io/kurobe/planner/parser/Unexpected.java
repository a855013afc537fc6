package io.kurobe.planner.parser;

import java.io.StringReader;
import java.util.Set;
import java.util.TreeSet;

/**
 * The token at which the parser stopped.
 *
 * @param before the token before it
 * @param found the token itself
 * @param expected the words that could have stood there. Where a name could, the hundreds of
 *     keywords that may serve as names are left out, and "a name" stands for them.
 */
record Unexpected(Token before, Token found, Set<String> expected) {
  private static final KurobeParserImpl KEYWORDS = new KurobeParserImpl(new StringReader(""));

  static Unexpected of(ParseException error) {
    Token before = error.currentToken;
    Token found = before.next;
    // The parser decides on two tokens: the first of them can be right and the second wrong.
    Set<Integer> second = new TreeSet<>();
    Set<Integer> first = new TreeSet<>();
    for (int[] sequence : error.expectedTokenSequences) {
      if (sequence.length > 1 && sequence[0] == found.kind) {
        second.add(sequence[1]);
      } else {
        first.add(sequence[0]);
      }
    }
    return second.isEmpty() || found.next == null
        ? new Unexpected(before, found, words(first, error.tokenImage))
        : new Unexpected(found, found.next, words(second, error.tokenImage));
  }

  private static Set<String> words(Set<Integer> kinds, String[] images) {
    boolean name = kinds.contains(KurobeParserImplConstants.IDENTIFIER);
    Set<String> words = new TreeSet<>();
    for (int kind : kinds) {
      String word = word(images[kind], kind);
      if (!word.isEmpty() && !(name && KEYWORDS.getMetadata().isNonReservedKeyword(word))) {
        words.add(word);
      }
    }
    if (name) {
      words.add("a name");
    }
    return words;
  }

  private static String word(String image, int kind) {
    return switch (kind) {
      case KurobeParserImplConstants.EOF -> "the end";
      case KurobeParserImplConstants.QUOTED_STRING -> "a string";
      case KurobeParserImplConstants.UNSIGNED_INTEGER_LITERAL -> "a number";
      // Words come in double quotes; classes of tokens, in angle brackets, have no one word.
      default -> image.startsWith("\"") ? image.substring(1, image.length() - 1) : "";
    };
  }
}
