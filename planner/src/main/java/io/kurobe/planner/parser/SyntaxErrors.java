package io.kurobe.planner.parser;

import static java.util.stream.Collectors.joining;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.error.StatementPosition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;

/**
 * From what the generated parser throws, a page long, to one line: what was found and where, with
 * the word that was probably meant or the few that could stand there as the hint.
 */
final class SyntaxErrors {
  private static final int FEW = 5;
  private static final int LONGEST_LINE = 120;

  /**
   * What the generated lexer says; the third group, the character's number, is not there at the
   * end.
   */
  private static final Pattern LEXICAL =
      Pattern.compile("at line (\\d+), column (\\d+)\\.  Encountered: (?:<EOF>|.*? \\((\\d+)\\),)");

  /**
   * The words of a query that a misspelling of turns into an alias, so that the next word fails.
   */
  private static final List<String> CLAUSES =
      List.of(
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "JOIN",
          "LEFT",
          "RIGHT",
          "INNER",
          "OUTER",
          "CROSS",
          "NATURAL",
          "USING",
          "DISTINCT",
          "BETWEEN",
          "LIKE",
          "ILIKE",
          "WHEN",
          "THEN",
          "ELSE");

  private static final Set<Integer> WRITES =
      Set.of(
          KurobeParserImplConstants.INTO,
          KurobeParserImplConstants.INSERT,
          KurobeParserImplConstants.UPDATE,
          KurobeParserImplConstants.DELETE,
          KurobeParserImplConstants.MERGE);

  private SyntaxErrors() {}

  static KurobeException at(Token token, String message) {
    return at(token, ErrorCode.SYNTAX, message);
  }

  static KurobeException at(Token token, ErrorCode code, String message) {
    return at(code, message, token.beginLine, token.beginColumn);
  }

  static KurobeException unexpected(Token token) {
    String found =
        token.kind == KurobeParserImplConstants.EOF
            ? "the statement ends too early"
            : "unexpected " + shown(token.image);
    return at(token, "syntax error: " + found);
  }

  static KurobeException translate(ParseException error) {
    if (error.currentToken == null || error.expectedTokenSequences == null) {
      return new KurobeException(ErrorCode.SYNTAX, oneLine(error.getMessage()), error);
    }
    Unexpected unexpected = Unexpected.of(error);
    Token found = unexpected.found();
    if (WRITES.contains(found.kind)) {
      String word = found.image.toUpperCase(Locale.ROOT);
      return at(found, ErrorCode.NOT_SUPPORTED, "Kurobe only reads: " + word + " is not supported");
    }
    Optional<KurobeException> form = UnsupportedForms.at(unexpected.before(), found);
    if (form.isPresent()) {
      return form.get();
    }
    KurobeException syntax = unexpected(found);
    return NearestNames.of(found.image, unexpected.expected()).stream()
        .findFirst()
        .or(() -> misspelt(unexpected.before()))
        .or(() -> misspelt(found))
        .map(word -> "did you mean " + word + "?")
        .or(() -> few(unexpected.expected()))
        .map(syntax::withHint)
        .orElse(syntax);
  }

  static KurobeException translate(TokenMgrError error) {
    Matcher lexical = LEXICAL.matcher(String.valueOf(error.getMessage()));
    if (!lexical.find()) {
      return new KurobeException(ErrorCode.SYNTAX, "syntax error: a character that SQL lacks");
    }
    int line = Integer.parseInt(lexical.group(1));
    int column = Math.max(1, Integer.parseInt(lexical.group(2)));
    if (lexical.group(3) == null) {
      return at(
          ErrorCode.SYNTAX, "syntax error: the statement ends within a comment", line, column);
    }
    int character = Integer.parseInt(lexical.group(3));
    String shown =
        Character.isISOControl(character)
            ? "the control character U+%04X".formatted(character)
            : "the character " + (char) character;
    KurobeException syntax =
        at(ErrorCode.SYNTAX, "syntax error: " + shown + " means nothing in SQL", line, column);
    return switch (character) {
      case '`' -> syntax.withHint("names are quoted with \"");
      case '#' -> at(ErrorCode.NOT_SUPPORTED, "operators on bits are not supported", line, column);
      default -> syntax;
    };
  }

  /** What Calcite finds wrong with a statement while it builds the tree. */
  static KurobeException translate(RuntimeException error) {
    if (error instanceof CalciteContextException context) {
      Throwable cause = context.getCause() == null ? context : context.getCause();
      String message =
          cause.getMessage() != null && cause.getMessage().startsWith("Non-query expression")
              ? "a query is expected here"
              : oneLine(String.valueOf(cause.getMessage()));
      return at(
          ErrorCode.SYNTAX,
          "syntax error: " + message,
          Math.max(1, context.getPosLine()),
          Math.max(1, context.getPosColumn()));
    }
    return new KurobeException(
        ErrorCode.SYNTAX, "syntax error: " + oneLine(String.valueOf(error.getMessage())), error);
  }

  private static KurobeException at(ErrorCode code, String message, int line, int column) {
    var position = new StatementPosition(line, column);
    return new KurobeException(code, message).at(position);
  }

  private static Optional<String> misspelt(Token token) {
    return token.kind == KurobeParserImplConstants.IDENTIFIER
        ? NearestNames.of(token.image, CLAUSES).stream().findFirst()
        : Optional.empty();
  }

  private static Optional<String> few(Set<String> expected) {
    if (expected.isEmpty() || expected.size() > FEW) {
      return Optional.empty();
    }
    return Optional.of("expected " + new TreeSet<>(expected).stream().collect(joining(", ")));
  }

  /** As it was written, in quotes unless it is so already. */
  private static String shown(String word) {
    String line = oneLine(word);
    return line.startsWith("'") || line.startsWith("\"") ? line : '"' + line + '"';
  }

  /** The first line, and not more of it than a message should hold. */
  private static String oneLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }
}
