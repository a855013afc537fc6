package io.kurobe.planner.parser;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.error.StatementPosition;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * How a statement may begin. What writes is refused by its first words, because the grammar does
 * not know most of it and would call it a mistake in writing.
 */
final class FirstWords {
  /** Those a person types; the hint for a misspelt one is chosen from them. */
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT",
          "WITH",
          "VALUES",
          "TABLE",
          "ASK",
          "EXPLAIN",
          "CREATE",
          "DROP",
          "REFRESH",
          "COMMENT",
          "SET",
          "RESET",
          "SHOW",
          "KILL",
          "TEACH",
          "FORGET",
          "FEEDBACK",
          "GRANT",
          "REVOKE",
          "CLASSIFY");

  private static final Set<String> WRITES =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "UPSERT",
          "REPLACE",
          "TRUNCATE",
          "ALTER",
          "COPY",
          "CALL",
          "DO",
          "LOAD",
          "IMPORT",
          "EXPORT",
          "ATTACH",
          "DETACH",
          "INSTALL",
          "VACUUM",
          "REINDEX",
          "CLUSTER",
          "LOCK",
          "CREATE",
          "DROP");

  private static final Set<String> OTHERS =
      Set.of(
          "BEGIN",
          "START",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE",
          "END",
          "ABORT",
          "PREPARE",
          "EXECUTE",
          "DEALLOCATE",
          "DECLARE",
          "FETCH",
          "CLOSE",
          "LISTEN",
          "NOTIFY",
          "DISCARD",
          "PRAGMA",
          "ANALYZE",
          "USE",
          "DESCRIBE",
          "DESC");

  /** What a second word belongs to: CREATE TABLE, but not INSERT INTO. */
  private static final Set<String> WITH_OBJECT = Set.of("CREATE", "DROP", "ALTER", "TRUNCATE");

  private FirstWords() {}

  static void check(StatementText text) {
    String first = text.word(0);
    if (isView(text) || isSecurity(text)) {
      return;
    }
    if (WRITES.contains(first)) {
      String what = WITH_OBJECT.contains(first) ? first + object(text) : first;
      throw notSupported(text, "Kurobe only reads: " + what + " is not supported");
    }
    if (first.equals("{") && text.word(1).equals("CALL")) {
      throw notSupported(text, "Kurobe only reads: CALL is not supported");
    }
    if (OTHERS.contains(first)) {
      KurobeException error = notSupported(text, first + " is not supported");
      throw first.startsWith("DESC")
          ? error.withHint("SHOW COLUMNS FROM name lists the columns of a relation")
          : error;
    }
    if (first.equals("ASK")) {
      checkQuestion(text.head());
    }
    if (first.equals("TEACH") && text.word(2).equals("AS") && WRITES.contains(text.word(3))) {
      throw SyntaxErrors.at(
              text.head().get(3),
              ErrorCode.NOT_SUPPORTED,
              "Kurobe only reads: " + text.word(3) + " cannot be taught")
          .withHint("TEACH 'question' AS SELECT …");
    }
    if (!STATEMENTS.contains(first) && !first.equals("(") && !first.equals("VALUE")) {
      Token token = text.head().get(0);
      KurobeException error = SyntaxErrors.unexpected(token);
      throw NearestNames.of(token.image, STATEMENTS).stream()
          .findFirst()
          .map(word -> error.withHint("did you mean " + word + "?"))
          .orElseGet(() -> error.withHint("a statement begins with SELECT, WITH, ASK or SHOW"));
    }
  }

  /** CREATE [OR REPLACE] VIEW and DROP VIEW, and what is not finished and so could become one. */
  private static boolean isView(StatementText text) {
    return switch (text.word(0)) {
      case "CREATE" ->
          Set.of("VIEW", "").contains(text.word(1))
              || (text.word(1).equals("OR")
                  && Set.of("REPLACE", "").contains(text.word(2))
                  && Set.of("VIEW", "").contains(text.word(3)));
      case "DROP" -> Set.of("VIEW", "").contains(text.word(1));
      default -> false;
    };
  }

  /** What is created, altered and dropped of Kurobe's own besides views. */
  private static boolean isSecurity(StatementText text) {
    int at = text.word(0).equals("CREATE") && text.word(1).equals("OR") ? 3 : 1;
    return switch (text.word(0)) {
      case "CREATE", "DROP" ->
          Set.of("USER", "ROLE", "API", "MASK").contains(text.word(at))
              || (text.word(at).equals("ROW") && !text.word(at + 1).equals("TABLE"));
      case "ALTER" -> text.word(1).equals("USER");
      default -> false;
    };
  }

  /** ASK begins nothing but a question, so that its mistakes can be told in its own words. */
  private static void checkQuestion(List<Token> head) {
    int kind = head.size() < 2 ? KurobeParserImplConstants.EOF : head.get(1).kind;
    switch (kind) {
      case KurobeParserImplConstants.QUOTED_STRING,
          KurobeParserImplConstants.HOOK,
          KurobeParserImplConstants.SQL -> {}
      default ->
          throw SyntaxErrors.at(
                  head.get(Math.min(1, head.size() - 1)),
                  "syntax error: ASK is followed by a question in single quotes")
              .withHint("ASK 'how many customers are there?'");
    }
  }

  /** Whether FEEDBACK is GOOD; any other word than GOOD and BAD is a mistake. */
  static boolean isGood(SqlIdentifier verdict) {
    String word = verdict.getSimple().toUpperCase(Locale.ROOT);
    if (!word.equals("GOOD") && !word.equals("BAD")) {
      var position = verdict.getParserPosition();
      throw new KurobeException(ErrorCode.SYNTAX, "FEEDBACK is GOOD or BAD, not " + word)
          .at(new StatementPosition(position.getLineNum(), position.getColumnNum()))
          .withHint("FEEDBACK GOOD ON 'query id' 'comment'");
    }
    return word.equals("GOOD");
  }

  private static String object(StatementText text) {
    int at = text.word(1).equals("OR") ? 3 : 1;
    String object = text.word(at);
    return object.matches("[A-Z]+") ? " " + object : "";
  }

  private static KurobeException notSupported(StatementText text, String message) {
    return SyntaxErrors.at(text.head().get(0), ErrorCode.NOT_SUPPORTED, message);
  }
}
