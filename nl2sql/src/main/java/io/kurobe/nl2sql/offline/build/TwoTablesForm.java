package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.read.Cue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * "The number of pupils and the number of teachers": one number of each of two tables, which are
 * not joined. Only of all rows: what restricts could be meant of one or of both.
 */
final class TwoTablesForm implements Form {
  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    if (words.find(0, Cue.AND) < 0 || words.find(0, Cue.COUNT, Cue.SUM, Cue.AVG) < 0) {
      return Optional.empty();
    }
    Understood read = plain.apply(words);
    Draft draft = read.draft();
    List<Expression> outputs = draft.outputs;
    if (outputs.size() != 2
        || !outputs.stream().allMatch(Expression::aggregate)
        || outputs.get(0).table() == outputs.get(1).table()
        || !draft.groups.isEmpty()
        || !draft.having.isEmpty()
        || !draft.order.isEmpty()
        || draft.combined != null
        || draft.limit != null) {
      return Optional.empty();
    }
    draft.mentioned.removeIf(table -> outputs.stream().anyMatch(e -> e.table() == table));
    if (!draft.where.isEmpty() || !draft.mentioned.isEmpty()) {
      return Optional.of(read.ignoring(words.items().get(words.find(0, Cue.AND)).text()));
    }
    var other = new Draft();
    other.entity = outputs.get(1).table();
    other.outputs.add(outputs.remove(1));
    draft.entity = outputs.get(0).table();
    draft.combined = new Intent.Combined(Intent.Combination.BESIDE, other.finish());
    return Optional.of(read);
  }
}
