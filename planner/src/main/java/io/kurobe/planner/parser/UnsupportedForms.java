package io.kurobe.planner.parser;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Optional;
import java.util.Set;

/**
 * Forms of PostgreSQL that the grammar does not have, known by the two tokens at which the parser
 * stopped: they are called not supported, with what to write instead, and not a mistake.
 */
final class UnsupportedForms {
  private static final Set<String> BITS = Set.of("|", "<<", ">>");

  private UnsupportedForms() {}

  private static KurobeException bits(Token token) {
    return SyntaxErrors.at(token, ErrorCode.NOT_SUPPORTED, "operators on bits are not supported");
  }

  static Optional<KurobeException> at(Token before, Token found) {
    return switch (found.kind) {
      case KurobeParserImplConstants.ON ->
          before.kind == KurobeParserImplConstants.DISTINCT
              ? form(
                  found,
                  "DISTINCT ON",
                  "QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1 keeps one row of each")
              : Optional.empty();
      case KurobeParserImplConstants.WITH ->
          before.kind == KurobeParserImplConstants.ROWS
                  || before.kind == KurobeParserImplConstants.ROW
              ? form(
                  found,
                  "WITH TIES",
                  "QUALIFY RANK() OVER (ORDER BY a) <= 3 keeps rows of one rank")
              : Optional.empty();
      case KurobeParserImplConstants.GROUPS ->
          form(found, "a frame of GROUPS", "frames are of ROWS or RANGE");
      case KurobeParserImplConstants.UNNEST ->
          form(found, "UNNEST in a SELECT list", "FROM UNNEST(array) AS t(x) gives its elements");
      case KurobeParserImplConstants.LAMBDA ->
          form(found, "the operator ->", "JSON_VALUE(doc, '$.path') reads a document");
      case KurobeParserImplConstants.TIME ->
          before.kind == KurobeParserImplConstants.AT
              ? form(found, "AT TIME ZONE", "SET TIME ZONE is the zone that instants are shown in")
              : Optional.empty();
      case KurobeParserImplConstants.COLLATE -> collation(found);
      default -> {
        if (BITS.contains(found.image)) {
          yield Optional.of(bits(found));
        }
        yield before.kind == KurobeParserImplConstants.COLLATE
            ? collation(before)
            : Optional.empty();
      }
    };
  }

  private static Optional<KurobeException> collation(Token token) {
    return form(token, "COLLATE", "text is ordered by its bytes everywhere, as COLLATE \"C\" does");
  }

  private static Optional<KurobeException> form(Token token, String what, String hint) {
    return Optional.of(
        SyntaxErrors.at(token, ErrorCode.NOT_SUPPORTED, what + " is not supported").withHint(hint));
  }
}
