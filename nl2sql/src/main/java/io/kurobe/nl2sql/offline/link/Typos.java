package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Words that mean nothing as they are written, but with two letters swapped, or one less or more,
 * are words of general language or of names: "diffrent", "custoemrs". Where several words are as
 * near none is taken.
 */
final class Typos {
  private static final int SHORTEST = 5;
  private static final int SHORTEST_EDITED = 6;

  private final Lexicon lexicon;
  private final NameLinker names;
  private final ValueIndex values;
  private final Stems stems;

  Typos(Lexicon lexicon, NameLinker names, ValueIndex values, Stems stems) {
    this.lexicon = lexicon;
    this.names = names;
    this.values = values;
    this.stems = stems;
  }

  /** The tokens, with such words as they were meant. */
  List<Token> mended(List<Token> tokens) {
    List<Token> mended = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String meant = unknown(tokens, i) ? meant(token.lower()) : token.lower();
      mended.add(
          meant.equals(token.lower())
              ? token
              : new Token(
                  token.kind(),
                  token.text(),
                  meant,
                  stems.of(meant),
                  token.start(),
                  token.end(),
                  lexicon.number(meant).orElse(null)));
    }
    return mended;
  }

  private boolean unknown(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    String lower = token.lower();
    return token.kind() == Token.Kind.WORD
        && lower.length() >= SHORTEST
        && (i == 0 || !token.capitalised())
        && token.number() == null
        && lexicon.entries(lower).isEmpty()
        && !lexicon.words().contains(lower)
        && !lexicon.known(lower)
        && !lexicon.verb(lower)
        && !lexicon.verb(token.stem())
        && !lexicon.head(lower)
        && names.links(List.of(lower)).isEmpty()
        && values.at(tokens, i).isEmpty();
  }

  private String meant(String lower) {
    Set<String> found = new LinkedHashSet<>();
    for (String word : lexicon.words()) {
      if (word.length() >= SHORTEST && near(lower, word)) {
        found.add(word);
      }
    }
    if (found.isEmpty()) {
      variants(lower).stream()
          .filter(
              variant ->
                  names.links(List.of(variant)).stream().anyMatch(link -> link.score() >= 0.9))
          .forEach(found::add);
    }
    long different = found.stream().map(stems::of).distinct().count();
    return different == 1 ? found.iterator().next() : lower;
  }

  private static boolean near(String asked, String word) {
    return asked.charAt(0) == word.charAt(0)
        && (Spelling.swapped(asked, word)
            || Math.min(asked.length(), word.length()) >= SHORTEST_EDITED
                && Spelling.oneEdit(asked, word));
  }

  /** The word with two letters swapped, or one left out. */
  private static Set<String> variants(String lower) {
    Set<String> variants = new LinkedHashSet<>();
    for (int i = 1; lower.length() >= SHORTEST && i < lower.length(); i++) {
      if (i + 1 < lower.length()) {
        variants.add(
            lower.substring(0, i) + lower.charAt(i + 1) + lower.charAt(i) + lower.substring(i + 2));
      }
      variants.add(lower.substring(0, i) + lower.substring(i + 1));
    }
    variants.remove(lower);
    return variants;
  }
}
