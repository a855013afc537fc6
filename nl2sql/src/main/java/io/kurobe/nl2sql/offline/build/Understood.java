package io.kurobe.nl2sql.offline.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a reading of a question came to.
 *
 * @param ignored words that nothing came of
 * @param faint how many of those seldom matter
 */
record Understood(Draft draft, List<String> ignored, int faint) {
  Understood {
    ignored = List.copyOf(ignored);
  }

  /** The same with words that nothing came of. */
  Understood ignoring(String text) {
    List<String> more = new ArrayList<>(ignored);
    more.add(text);
    return new Understood(draft, more, faint);
  }

  /** The only aggregate that is shown. */
  Optional<Expression> aggregate() {
    List<Expression> aggregates = draft.outputs.stream().filter(Expression::aggregate).toList();
    return aggregates.size() == 1 ? Optional.of(aggregates.get(0)) : Optional.empty();
  }

  /** Shows something in place of what is shown. */
  void replace(Expression shown, Expression by) {
    draft.outputs.replaceAll(e -> e.equals(shown) ? by : e);
  }
}
