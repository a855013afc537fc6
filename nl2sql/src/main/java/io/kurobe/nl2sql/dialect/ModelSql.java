package io.kurobe.nl2sql.dialect;

import io.kurobe.nl2sql.dialect.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The text of a query as models write it, in Kurobe's lexical form: backticks and brackets become
 * quotes, a double-quoted text that names nothing a literal, {@code LIMIT a, b} an OFFSET, and what
 * is not SQL (fences, end marks, comments) goes. It decides nothing about what is allowed: the
 * parser, which reads queries only, does.
 */
public final class ModelSql {
  private static final Pattern END_MARK = Pattern.compile("<\\|[a-z_]+\\|>|</s>|```");
  private static final Pattern FENCE = Pattern.compile("(?is)^.*?```(?:sql|sqlite|mysql)?\\s*\\n");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("REAL", "DOUBLE"),
          Map.entry("FLOAT", "DOUBLE"),
          Map.entry("FLOAT64", "DOUBLE"),
          Map.entry("TEXT", "VARCHAR"),
          Map.entry("STRING", "VARCHAR"),
          Map.entry("NVARCHAR", "VARCHAR"),
          Map.entry("SIGNED", "BIGINT"),
          Map.entry("UNSIGNED", "BIGINT"),
          Map.entry("INT64", "BIGINT"),
          Map.entry("DATETIME", "TIMESTAMP"));

  private static final Set<String> UNITS =
      Set.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND");

  private final List<Token> tokens;
  private final Predicate<String> isName;
  private final Set<String> aliases = new HashSet<>();
  private final List<String> written = new ArrayList<>();
  private Optional<String> top = Optional.empty();

  private ModelSql(List<Token> tokens, Predicate<String> isName) {
    this.tokens = tokens;
    this.isName = isName;
  }

  /**
   * The text in Kurobe's form.
   *
   * @param isName whether a lower-case word is the name of a table or column in scope
   */
  public static String translate(String text, Predicate<String> isName) {
    var translation = new ModelSql(trimmed(Lexer.tokens(bare(text))), isName);
    translation.aliases();
    return translation.run();
  }

  /** Without the fences and end marks of a chat. */
  private static String bare(String text) {
    String inside = text.contains("```") ? FENCE.matcher(text).replaceFirst("") : text;
    var mark = END_MARK.matcher(inside);
    return mark.find() ? inside.substring(0, mark.start()) : inside;
  }

  private static List<Token> trimmed(List<Token> tokens) {
    int end = tokens.size();
    while (end > 0 && tokens.get(end - 1).isSymbol(";")) {
      end--;
    }
    return tokens.subList(0, end);
  }

  private void aliases() {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token next = tokens.get(i + 1);
      if (tokens.get(i).isWord("AS") && next.kind() != Kind.NUMBER && next.kind() != Kind.SYMBOL) {
        aliases.add(next.text().toLowerCase(Locale.ROOT));
      }
    }
  }

  private String run() {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case DOUBLE_QUOTED -> written.add(isNamed(i) ? token.written() : literal(token));
        case TEXT -> written.add(isAlias(i) ? name(token) : token.written());
        case WORD -> i = word(i);
        case SYMBOL -> written.add(symbol(token));
        case NUMBER, NAME -> written.add(token.written());
      }
    }
    top.ifPresent(most -> written.add("LIMIT " + most));
    return joined();
  }

  private String joined() {
    var text = new StringBuilder();
    for (String each : written) {
      boolean tight =
          each.equals(".") || text.length() > 0 && text.charAt(text.length() - 1) == '.';
      if (text.length() > 0 && !tight) {
        text.append(' ');
      }
      text.append(each);
    }
    return text.toString();
  }

  private static String literal(Token token) {
    return new Token(Kind.TEXT, token.text()).written();
  }

  private static String name(Token token) {
    return new Token(Kind.NAME, token.text()).written();
  }

  private static String symbol(Token token) {
    return switch (token.text()) {
      case "==" -> "=";
      case "!=" -> "<>";
      case "&&" -> "AND";
      case "<=>" -> "IS NOT DISTINCT FROM";
      default -> token.text();
    };
  }

  private boolean isNamed(int at) {
    String word = tokens.get(at).text().toLowerCase(Locale.ROOT);
    return before(at).isSymbol(".")
        || after(at).isSymbol(".")
        || before(at).isWord("AS")
        || isName.test(word)
        || aliases.contains(word);
  }

  /** Whether a text in single quotes stands where only a name can. */
  private boolean isAlias(int at) {
    return before(at).isWord("AS") || before(at).isSymbol(".");
  }

  private Token before(int at) {
    return at == 0 ? NOTHING : tokens.get(at - 1);
  }

  private Token after(int at) {
    return at + 1 >= tokens.size() ? NOTHING : tokens.get(at + 1);
  }

  private static final Token NOTHING = new Token(Kind.SYMBOL, "");

  /** Writes what begins with a word; where its last token is. */
  private int word(int at) {
    Token token = tokens.get(at);
    String upper = token.upper();
    boolean qualified = before(at).isSymbol(".");
    if (!qualified) {
      if (upper.equals("COLLATE") && after(at).kind() == Kind.WORD) {
        return at + 1;
      }
      if (upper.equals("ISNULL") && !after(at).isSymbol("(")) {
        written.add("IS NULL");
        return at;
      }
      if (upper.equals("NOTNULL")) {
        written.add("IS NOT NULL");
        return at;
      }
      if (upper.equals("LIMIT") && isPairedLimit(at)) {
        written.add("LIMIT " + tokens.get(at + 3).text() + " OFFSET " + tokens.get(at + 1).text());
        return at + 3;
      }
      if (before(at).isWord("AS") && TYPES.containsKey(upper) && isCast(at)) {
        written.add(TYPES.get(upper));
        return at;
      }
    }
    if (!qualified) {
      int last = infix(at, upper);
      if (last >= 0) {
        return last;
      }
    }
    written.add(token.written());
    return at;
  }

  /** Writes an operator of other dialects; where its last token is, or -1 if there is none. */
  private int infix(int at, String upper) {
    boolean not = upper.equals("NOT") && at + 1 < tokens.size();
    String operator = not ? after(at).upper() : upper;
    int last = not ? at + 1 : at;
    Token next = after(last);
    if ((operator.equals("REGEXP") || operator.equals("RLIKE")) && next.kind() == Kind.TEXT) {
      written.add(not ? "!~" : "~");
      return last;
    }
    if (operator.equals("GLOB") && next.kind() == Kind.TEXT && !next.text().contains("[")) {
      String pattern = next.text().replace('*', '%').replace('?', '_');
      written.add((not ? "NOT LIKE " : "LIKE ") + new Token(Kind.TEXT, pattern).written());
      return last + 1;
    }
    if (upper.equals("IS")) {
      boolean isNot = next.isWord("NOT");
      Token value = isNot ? after(at + 1) : next;
      if (value.kind() == Kind.NUMBER || value.kind() == Kind.TEXT) {
        written.add(isNot ? "IS DISTINCT FROM" : "IS NOT DISTINCT FROM");
        return isNot ? at + 1 : at;
      }
    }
    if (upper.equals("TOP") && isTop(at)) {
      top = Optional.of(next.text());
      return at + 1;
    }
    if (isUnit(at, upper)) {
      written.add(name(tokens.get(at)));
      return at;
    }
    return -1;
  }

  /** Whether it is the TOP of the whole query. */
  private boolean isTop(int at) {
    int first = before(at).isWord("DISTINCT") ? 2 : 1;
    return at == first && tokens.get(0).isWord("SELECT") && after(at).kind() == Kind.NUMBER;
  }

  /** Whether a word is a column where the parser would see a unit of time. */
  private boolean isUnit(int at, String upper) {
    return UNITS.contains(upper)
        && at >= 4
        && before(at).isSymbol(",")
        && after(at).isSymbol(")")
        && tokens.get(at - 2).kind() == Kind.TEXT
        && tokens.get(at - 3).isSymbol("(")
        && tokens.get(at - 4).isWord("DATE_TRUNC")
        && isName.test(tokens.get(at).text().toLowerCase(Locale.ROOT));
  }

  private boolean isPairedLimit(int at) {
    return at + 3 < tokens.size()
        && tokens.get(at + 1).kind() == Kind.NUMBER
        && tokens.get(at + 2).isSymbol(",")
        && tokens.get(at + 3).kind() == Kind.NUMBER;
  }

  /** Whether AS before a word is CAST's: the word ends a parenthesis that CAST opened. */
  private boolean isCast(int at) {
    if (!after(at).isSymbol(")") && !after(at).isSymbol("(")) {
      return false;
    }
    int depth = 0;
    for (int i = at - 1; i > 0; i--) {
      if (tokens.get(i).isSymbol(")")) {
        depth++;
      } else if (tokens.get(i).isSymbol("(") && depth-- == 0) {
        return tokens.get(i - 1).isWord("CAST") || tokens.get(i - 1).isWord("TRY_CAST");
      }
    }
    return false;
  }
}
