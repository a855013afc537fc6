package io.kurobe.planner.parser;

import java.util.Set;
import java.util.TreeSet;

/**
 * The words that could have stood where the parser stopped. Where a name could, the hundreds of
 * keywords that may serve as names are left out, and "a name" stands for them.
 */
final class ExpectedWords {
  private static final KurobeParserImpl KEYWORDS =
      new KurobeParserImpl(new java.io.StringReader(""));

  private ExpectedWords() {}

  static Set<String> of(ParseException error) {
    Set<Integer> kinds = kinds(error);
    boolean name = kinds.contains(KurobeParserImplConstants.IDENTIFIER);
    Set<String> words = new TreeSet<>();
    for (int kind : kinds) {
      String word = word(error.tokenImage[kind], kind);
      if (!word.isEmpty() && !(name && KEYWORDS.getMetadata().isNonReservedKeyword(word))) {
        words.add(word);
      }
    }
    if (name) {
      words.add("a name");
    }
    return words;
  }

  private static Set<Integer> kinds(ParseException error) {
    Set<Integer> kinds = new TreeSet<>();
    for (int[] sequence : error.expectedTokenSequences) {
      kinds.add(sequence[0]);
    }
    return kinds;
  }

  private static String word(String image, int kind) {
    if (kind == KurobeParserImplConstants.EOF) {
      return "the end";
    }
    if (kind == KurobeParserImplConstants.QUOTED_STRING) {
      return "a string";
    }
    if (kind == KurobeParserImplConstants.UNSIGNED_INTEGER_LITERAL) {
      return "a number";
    }
    // Literals come in quotes of their own; classes of tokens, in angle brackets, have no one word.
    return image.startsWith("\"") ? image.substring(1, image.length() - 1) : "";
  }
}
