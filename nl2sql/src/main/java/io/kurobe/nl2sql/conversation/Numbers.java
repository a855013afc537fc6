package io.kurobe.nl2sql.conversation;

import static io.kurobe.nl2sql.conversation.Clause.isCue;

import io.kurobe.nl2sql.conversation.Clause.Kind;
import io.kurobe.nl2sql.conversation.Draft.Part;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes what a question compares with a number. */
final class Numbers {
  private Numbers() {}

  /** Puts a comparison in the place of another; without a name it is of what that one was of. */
  static boolean put(Clause clause, Draft draft, int variant) {
    Optional<Part> known = draft.find(Kind.NUMBER);
    String own = clause.text();
    if (!clause.hasName() && known.isPresent() && known.get().clause().hasName()) {
      // Of what the other number was of.
      own =
          beforeNumber(known.get().clause())
              + " "
              + fromComparison(clause)
              + " "
              + behindNumber(known.get().clause());
    }
    draft.put((variant % 2 == 0 ? own : "with " + own).strip(), clause);
    return true;
  }

  private static boolean isOfNumber(Item item) {
    return item instanceof Item.Number
        || isCue(item, Cue.COMPARE, Cue.OLDERTHAN, Cue.BETWEEN, Cue.AND, Cue.MONEY);
  }

  private static String beforeNumber(Clause clause) {
    return text(clause.items().stream().takeWhile(item -> !isOfNumber(item)).toList());
  }

  private static String fromComparison(Clause clause) {
    return text(clause.items().stream().dropWhile(item -> !isOfNumber(item)).toList());
  }

  private static String behindNumber(Clause clause) {
    return text(
        clause.items().stream()
            .dropWhile(item -> !isOfNumber(item))
            .filter(item -> !isOfNumber(item))
            .toList());
  }

  private static String text(List<Item> items) {
    return items.stream().map(Item::text).collect(Collectors.joining(" "));
  }
}
