package io.kurobe.planner.parser;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one look over the words of a statement tells before the grammar reads it: how it begins, and
 * that its strings are closed, that it is one statement, that its parentheses are not too deep to
 * follow.
 *
 * @param head its first tokens, without comments; fewer if it is shorter
 */
record StatementText(List<Token> head) {
  private static final int HEAD = 4;

  static StatementText scan(String sql) {
    var tokens = tokens(sql);
    List<Token> head = new ArrayList<>();
    var bounds = new StatementBounds();
    boolean ended = false;
    try {
      for (Token token = tokens.getNextToken();
          token.kind != KurobeParserImplConstants.EOF;
          token = tokens.getNextToken()) {
        boolean semicolon = token.kind == KurobeParserImplConstants.SEMICOLON;
        if (ended && !semicolon) {
          throw SyntaxErrors.at(token, "one statement at a time: another begins here");
        }
        ended = ended || semicolon;
        if (head.size() < HEAD && !semicolon) {
          // A copy without its successors: tokens are a chain that would hold the whole text.
          head.add(copy(token));
        }
        checkClosed(token);
        bounds.add(token);
      }
    } catch (TokenMgrError e) {
      throw SyntaxErrors.translate(e);
    }
    if (head.isEmpty()) {
      throw new KurobeException(ErrorCode.SYNTAX, "the statement is empty");
    }
    return new StatementText(head);
  }

  /** The word at an index in upper case; empty where there is none. */
  String word(int index) {
    return index < head.size() ? head.get(index).image.toUpperCase(Locale.ROOT) : "";
  }

  /** A lone quotation mark is a token of its own, and never a right one. */
  private static void checkClosed(Token token) {
    if (token.kind == KurobeParserImplConstants.QUOTE) {
      throw SyntaxErrors.at(token, "the string that begins here is not closed");
    }
    if (token.kind == KurobeParserImplConstants.DOUBLE_QUOTE) {
      throw SyntaxErrors.at(token, "the name in double quotes that begins here is not closed");
    }
  }

  private static KurobeParserImplTokenManager tokens(String sql) {
    var characters = new SimpleCharStream(new StringReader(sql), 1, 1);
    characters.setTabSize(1);
    return new KurobeParserImplTokenManager(characters, KurobeParserImplConstants.DQID);
  }

  private static Token copy(Token token) {
    var copy = new Token();
    copy.kind = token.kind;
    copy.image = token.image;
    copy.beginLine = token.beginLine;
    copy.beginColumn = token.beginColumn;
    return copy;
  }
}
