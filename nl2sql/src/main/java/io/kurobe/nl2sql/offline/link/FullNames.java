package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Quoted names of people that a table stores in two columns: "Ada Lovelace". */
final class FullNames {
  private FullNames() {}

  /** The tokens, each such name as two of them. */
  static List<Token> split(List<Token> tokens, ValueIndex values) {
    List<Token> split = new ArrayList<>();
    for (Token token : tokens) {
      int space = token.text().indexOf(' ');
      if (token.kind() == Token.Kind.QUOTED
          && space > 0
          && values.quoted(token.text()).isEmpty()
          && both(token.text().substring(0, space), token.text().substring(space + 1), values)) {
        split.add(part(token, 0, space));
        split.add(part(token, space + 1, token.text().length()));
      } else {
        split.add(token);
      }
    }
    return split;
  }

  /** Whether a table has rows called the one thing in its one column and the other in the other. */
  private static boolean both(String first, String last, ValueIndex values) {
    List<Link> lasts = values.quoted(last);
    return values.quoted(first).stream()
        .anyMatch(one -> lasts.stream().anyMatch(other -> together(one, other)));
  }

  /** Whether two values are of the two columns by which a table's rows are called. */
  private static boolean together(Link one, Link other) {
    return one.target() instanceof Target.OfValue first
        && other.target() instanceof Target.OfValue last
        && first.column() != last.column()
        && first.column().table().label().size() == 2
        && first.column().table().label().containsAll(List.of(first.column(), last.column()));
  }

  private static Token part(Token whole, int from, int to) {
    String text = whole.text().substring(from, to);
    String lower = text.toLowerCase(Locale.ROOT);
    int start = Math.min(whole.start() + 1 + from, whole.end());
    return new Token(
        Token.Kind.QUOTED,
        text,
        lower,
        lower,
        start,
        Math.min(start + text.length(), whole.end()),
        null);
  }
}
