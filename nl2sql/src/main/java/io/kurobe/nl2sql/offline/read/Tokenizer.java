package io.kurobe.nl2sql.offline.read;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text into tokens. One thread uses it at a time. */
public final class Tokenizer {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<quoted>\"[^\"]{1,200}\"|“[^”]{1,200}”|‘[^’]{1,200}’"
              + "|(?<![\\p{L}\\d])'[^'\\n]{1,100}'(?![\\p{L}\\d])|`[^`]{1,100}`)"
              + "|(?<number>(?<![\\p{L}\\d])-?\\d{1,3}(,\\d{3})+(\\.\\d+)?(?![\\p{L}\\d])"
              + "|(?<![\\p{L}\\d])\\d{1,18}(\\.\\d{1,12})?(?![\\p{L}\\d]))"
              + "|(?<word>[\\p{L}\\p{M}\\d_]+)"
              + "|(?<sign><=|>=|<>|!=|[<>=,;.?!&%])");
  private static final Pattern SINGLE_QUOTES =
      Pattern.compile("(?<![\\p{L}\\d])'[^'\\n]{1,100}'(?![\\p{L}\\d])");

  private final Lexicon lexicon;
  private final Stems stems;

  public Tokenizer(Lexicon lexicon, Stems stems) {
    this.lexicon = lexicon;
    this.stems = stems;
  }

  /** The tokens of a question. */
  public List<Token> question(String text) {
    List<Integer> longer = new ArrayList<>();
    String even = lexicon.writing().withoutHyphens(lexicon.writing().writtenOut(text, longer));
    boolean quotes = even.contains("'") && SINGLE_QUOTES.matcher(even).find();
    even = lexicon.writing().withoutPossessives(even, quotes);
    return cut(even, true).stream().map(token -> original(token, longer)).toList();
  }

  /** A token where it stood before contractions were written out, each a character longer. */
  private static Token original(Token token, List<Integer> longer) {
    int start = (int) longer.stream().filter(at -> at < token.start()).count();
    int end = (int) longer.stream().filter(at -> at < token.end()).count();
    return start == 0 && end == 0
        ? token
        : new Token(
            token.kind(),
            token.text(),
            token.lower(),
            token.stem(),
            token.start() - start,
            token.end() - end,
            token.number());
  }

  /** The tokens of a stored value or a name: nothing in it is a quote. */
  public List<Token> plain(String text) {
    return cut(text.replace('"', ' ').replace('\'', ' '), false);
  }

  private List<Token> cut(String text, boolean withSigns) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String found = matcher.group();
      int start = matcher.start();
      int end = matcher.end();
      if (matcher.group("quoted") != null) {
        String inside = found.substring(1, found.length() - 1).strip();
        if (!inside.isEmpty()) {
          tokens.add(token(Token.Kind.QUOTED, inside, start, end, null));
        }
      } else if (matcher.group("number") != null) {
        tokens.add(
            token(Token.Kind.NUMBER, found, start, end, new BigDecimal(found.replace(",", ""))));
      } else if (matcher.group("word") != null) {
        String lower = found.toLowerCase(Locale.ROOT);
        tokens.add(token(Token.Kind.WORD, found, start, end, lexicon.number(lower).orElse(null)));
      } else if (withSigns) {
        tokens.add(token(Token.Kind.SIGN, found, start, end, null));
      }
    }
    return tokens;
  }

  private Token token(
      Token.Kind kind,
      String text,
      int start,
      int end,
      @org.jspecify.annotations.Nullable BigDecimal number) {
    String lower = text.toLowerCase(Locale.ROOT);
    return new Token(
        kind, text, lower, kind == Token.Kind.WORD ? stems.of(lower) : lower, start, end, number);
  }
}
