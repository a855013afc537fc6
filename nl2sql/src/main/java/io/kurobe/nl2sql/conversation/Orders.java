package io.kurobe.nl2sql.conversation;

import static io.kurobe.nl2sql.conversation.Clause.isCue;

import io.kurobe.nl2sql.conversation.Clause.Kind;
import io.kurobe.nl2sql.conversation.Draft.Part;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes what the rows of a question are ordered by. */
final class Orders {
  private final List<Clause> before;
  private final Draft draft;
  private final int variant;

  Orders(List<Clause> before, Draft draft, int variant) {
    this.before = before;
    this.draft = draft;
    this.variant = variant;
  }

  /** Puts an order in the place of another. */
  boolean order(Clause clause) {
    boolean directed = clause.has(Cue.DIRECTION);
    boolean named = clause.hasName() || clause.has(Cue.COUNT);
    Optional<Part> known = draft.find(Kind.ORDER);
    String text =
        clause
            .text()
            .replaceFirst(
                "(?i)^(sort|order|rank)(ed)?( (them|it|that|this|those|these))?\\b", "sorted");
    if (!named && directed) {
      String direction =
          clause.items().stream()
              .filter(item -> isCue(item, Cue.DIRECTION))
              .map(Item::text)
              .collect(Collectors.joining(" "));
      if (known.isPresent()) {
        String kept =
            known.get().clause().items().stream()
                .filter(item -> !isCue(item, Cue.DIRECTION))
                .map(Item::text)
                .collect(Collectors.joining(" "));
        draft.replace(known.get(), kept + " " + direction, known.get().clause());
        return true;
      }
      String by =
          Clauses.find(before, Kind.HEAD)
              .map(
                  head ->
                      head.items().stream()
                          .filter(
                              item ->
                                  Clause.isName(item)
                                      || isCue(item, Cue.COUNT, Cue.SUM, Cue.AVG, Cue.MAX, Cue.MIN))
                          .map(Item::text)
                          .collect(Collectors.joining(" ")))
              .orElse("")
              .replaceFirst("(?i)^how many", "number of");
      if (variant % 2 == 1 && !direction.toLowerCase(Locale.ROOT).contains("alphabetic")) {
        direction = isDown(clause) ? "descending" : "ascending";
      }
      text = by.isEmpty() ? "sorted " + direction : "sorted by " + by + " " + direction;
    } else if (directed && clause.hasName() && variant % 2 == 1) {
      text =
          (isDown(clause) ? "in descending order of " : "in ascending order of ")
              + clause.items().stream()
                  .filter(item -> Clause.isName(item) || isCue(item, Cue.COUNT, Cue.SUM, Cue.AVG))
                  .map(Item::text)
                  .collect(Collectors.joining(" "));
    }
    draft.put(text, clause);
    return true;
  }

  private static boolean isDown(Clause order) {
    return order.items().stream()
        .anyMatch(
            item ->
                isCue(item, Cue.DIRECTION)
                    && ((Item.Phrase) item).entry().payload(0).contains("desc"));
  }

  /** Ranks by something else. */
  boolean rank(Clause clause) {
    if (draft.find(Kind.RANK).isPresent()) {
      draft.put(clause.text(), clause);
    } else {
      draft.put("sorted " + clause.text(), new Clause(Kind.ORDER, clause.items()));
    }
    return true;
  }
}
