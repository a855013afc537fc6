package io.kurobe.nl2sql.retrieve;

import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.nl2sql.offline.read.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A question's words: the telling ones, alone and in pairs, which may name tables and columns, and
 * the parts that may be stored values. Immutable.
 */
final class AskedWords {
  private static final int MOST_WORDS = 24;
  private static final int MOST_PHRASES = 120;
  private static final int LONGEST_VALUE = 5;
  private static final int SHORTEST_LOOSE = 5;

  private static final Set<String> STOP_WORDS =
      Set.of(
          ("a about above across after all along also am among an and any are as ask at be because"
                  + " been before being below between both but by can could did do does doing down"
                  + " during each either ever every few find for from further get give given had"
                  + " has have having he her here hers him his how i if in into is it its itself"
                  + " just least less let list many may me more most much must my neither no nor"
                  + " not now of off on once one only or other our out over own please return same"
                  + " shall she should show so some such tell than that the their them then there"
                  + " these they this those through to too under until up us very was we were what"
                  + " whatever when where which while who whom whose why will with within without"
                  + " would yet you your display output compute calculate count number total sum"
                  + " average mean maximum minimum max min highest lowest largest smallest greatest"
                  + " top bottom first last different distinct unique order ordered sort sorted"
                  + " ascending descending alphabetical alphabetically group grouped per whichever"
                  + " greater fewer equal contain contains containing including include includes"
                  + " called named id ids")
              .split(" "));

  private final List<Keyword> keywords;
  private final List<Phrase> phrases;
  private final int words;

  private AskedWords(List<Keyword> keywords, List<Phrase> phrases, int words) {
    this.keywords = List.copyOf(keywords);
    this.phrases = List.copyOf(phrases);
    this.words = words;
  }

  /** Reads a question. */
  static AskedWords of(String question, Lexicon lexicon) {
    var stems = new Stems(lexicon);
    List<Token> tokens = new Tokenizer(lexicon, stems).question(question);
    Map<Integer, Integer> telling = new LinkedHashMap<>();
    for (int i = 0; i < tokens.size() && telling.size() < MOST_WORDS; i++) {
      if (isTelling(tokens.get(i))) {
        telling.put(i, telling.size());
      }
    }
    return new AskedWords(keywords(tokens, telling), phrases(tokens, telling), telling.size());
  }

  private static boolean isTelling(Token token) {
    return switch (token.kind()) {
      case QUOTED -> true;
      case WORD ->
          token.number() == null
              && token.lower().length() > 1
              && !STOP_WORDS.contains(token.lower());
      case NUMBER, SIGN -> false;
    };
  }

  private static List<Keyword> keywords(List<Token> tokens, Map<Integer, Integer> telling) {
    List<Keyword> keywords = new ArrayList<>();
    telling.forEach(
        (place, word) -> {
          Token token = tokens.get(place);
          if (token.kind() == Token.Kind.QUOTED) {
            return;
          }
          keywords.add(new Keyword(token.lower(), List.of(token.stem()), List.of(word)));
          Integer next = telling.get(place + 1);
          if (next != null && tokens.get(place + 1).kind() == Token.Kind.WORD) {
            Token following = tokens.get(place + 1);
            keywords.add(
                new Keyword(
                    token.lower() + " " + following.lower(),
                    List.of(token.stem(), following.stem()),
                    List.of(word, next)));
          }
        });
    return keywords;
  }

  private static List<Phrase> phrases(List<Token> tokens, Map<Integer, Integer> telling) {
    Map<String, Phrase> phrases = new LinkedHashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).kind() == Token.Kind.QUOTED) {
        Token token = tokens.get(i);
        phrases.put(
            token.lower(), new Phrase(token.text(), token.lower(), true, words(telling, i, i + 1)));
      }
    }
    for (int length = LONGEST_VALUE; length > 0; length--) {
      for (int i = 0; i + length <= tokens.size() && phrases.size() < MOST_PHRASES; i++) {
        phrase(tokens, telling, i, i + length)
            .forEach(phrase -> phrases.putIfAbsent(phrase.lower(), phrase));
      }
    }
    return List.copyOf(phrases.values());
  }

  private static List<Phrase> phrase(
      List<Token> tokens, Map<Integer, Integer> telling, int from, int to) {
    List<Token> some = tokens.subList(from, to);
    List<Integer> words = words(telling, from, to);
    boolean values =
        some.stream().allMatch(t -> t.kind() == Token.Kind.WORD || t.kind() == Token.Kind.NUMBER);
    boolean numbers = some.stream().allMatch(t -> t.kind() == Token.Kind.NUMBER);
    if (!values || words.isEmpty() && !numbers) {
      return List.of();
    }
    String text = String.join(" ", some.stream().map(Token::text).toList());
    String lower = text.toLowerCase(Locale.ROOT);
    boolean name = from > 0 && some.stream().anyMatch(Token::capitalised);
    return List.of(new Phrase(text, lower, name && lower.length() >= SHORTEST_LOOSE, words));
  }

  private static List<Integer> words(Map<Integer, Integer> telling, int from, int to) {
    List<Integer> words = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (telling.containsKey(i)) {
        words.add(telling.get(i));
      }
    }
    return words;
  }

  /** Telling words, and pairs of those that stand side by side. */
  List<Keyword> keywords() {
    return keywords;
  }

  /** What may be stored values, quoted texts first, then longer before shorter. */
  List<Phrase> phrases() {
    return phrases;
  }

  /** How many telling words there are. */
  int words() {
    return words;
  }
}
