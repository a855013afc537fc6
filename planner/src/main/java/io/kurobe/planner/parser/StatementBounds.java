package io.kurobe.planner.parser;

/**
 * What a statement must not exceed for the parser to follow it with the stack it has and in a time
 * that grows with its length: nesting, and operators in one chain, which Calcite sorts by
 * precedence in quadratic time (100,000 of them take 20 s, 5,000 a fifth of a second).
 */
final class StatementBounds {
  private static final int MAX_NESTING = 400;
  private static final int MAX_CHAIN = 5_000;

  /** Operators since the last comma, for each open parenthesis. */
  private final int[] chain = new int[MAX_NESTING + 1];

  private int depth;
  private int cases;

  void add(Token token) {
    switch (token.kind) {
      case KurobeParserImplConstants.LPAREN, KurobeParserImplConstants.LBRACKET -> open();
      case KurobeParserImplConstants.RPAREN, KurobeParserImplConstants.RBRACKET ->
          depth = Math.max(0, depth - 1);
      case KurobeParserImplConstants.COMMA -> chain[depth] = 0;
      case KurobeParserImplConstants.CASE -> cases++;
      // END is a name too, so it may close more than was opened.
      case KurobeParserImplConstants.END -> cases = Math.max(0, cases - 1);
      case KurobeParserImplConstants.AND,
          KurobeParserImplConstants.OR,
          KurobeParserImplConstants.NOT,
          KurobeParserImplConstants.IS,
          KurobeParserImplConstants.IN,
          KurobeParserImplConstants.LIKE,
          KurobeParserImplConstants.ILIKE,
          KurobeParserImplConstants.UNION,
          KurobeParserImplConstants.INTERSECT,
          KurobeParserImplConstants.EXCEPT,
          KurobeParserImplConstants.SET_MINUS,
          KurobeParserImplConstants.EQ,
          KurobeParserImplConstants.NE,
          KurobeParserImplConstants.NE2,
          KurobeParserImplConstants.LT,
          KurobeParserImplConstants.GT,
          KurobeParserImplConstants.LE,
          KurobeParserImplConstants.GE,
          KurobeParserImplConstants.PLUS,
          KurobeParserImplConstants.MINUS,
          KurobeParserImplConstants.STAR,
          KurobeParserImplConstants.SLASH,
          KurobeParserImplConstants.PERCENT_REMAINDER,
          KurobeParserImplConstants.CONCAT,
          KurobeParserImplConstants.INFIX_CAST ->
          chain[depth]++;
      default -> {
        return;
      }
    }
    if (cases > MAX_NESTING || chain[depth] > MAX_CHAIN) {
      throw StatementTree.tooDeep(null);
    }
  }

  private void open() {
    if (depth == MAX_NESTING) {
      throw StatementTree.tooDeep(null);
    }
    chain[++depth] = 0;
  }
}
