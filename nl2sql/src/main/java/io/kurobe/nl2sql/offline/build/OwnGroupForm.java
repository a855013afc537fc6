package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * "Employees who earn more than the average of their department": compared with the average over
 * all, and then with that over the rows of the same group.
 */
final class OwnGroupForm implements Form {
  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int compare = words.find(0, Cue.COMPARE, Cue.OLDERTHAN);
    int average = compare < 0 ? -1 : words.find(compare + 1, Cue.AVG, Cue.MEDIAN);
    if (average < 0) {
      return Optional.empty();
    }
    int from;
    int group;
    int owner = words.find(compare + 1, Cue.PRONOUN);
    if (owner >= 0 && owner < average) {
      from = owner;
      group = words.past(owner + 1, Cue.HAVE);
    } else {
      from =
          words.ends(average, WordClass.GENITIVE)
              ? average + 1
              : words.find(average + 1, Cue.PREP, Cue.EACH);
      group =
          from < 0 ? -1 : words.past(from, Cue.PREP, Cue.EACH, Cue.PRONOUN, Cue.HAVE, Cue.SAME_AS);
      owner = from < 0 ? -1 : words.find(from, Cue.PRONOUN, Cue.SAME_AS);
      if (owner < 0 || owner >= group) {
        return Optional.empty();
      }
    }
    if (group < from || words.table(group) == null && words.column(group) == null) {
      return Optional.empty();
    }
    int first = from;
    int last = words.is(group + 1, WordClass.POSSESSIVE) ? group + 1 : group;
    int end = average;
    // "the average product in its category": what is averaged was said before
    Words rest =
        words.only(
            i -> (i < first || i > last) && !(i > end && i < first && words.table(i) != null));
    Understood read = plain.apply(rest);
    Draft draft = read.draft();
    for (int k = 0; k < draft.where.size(); k++) {
      if (draft.where.get(k).size() == 1
          && draft.where.get(k).get(0) instanceof Condition.AgainstAll all
          && all.column() == all.of()) {
        Optional<List<SchemaColumn>> same = same(words, group, all.column().table());
        if (same.isPresent()) {
          draft.where.set(
              k,
              List.of(
                  new Condition.AgainstGroup(
                      all.column(), all.operator(), all.function(), same.get())));
          return Optional.of(read);
        }
      }
    }
    return Optional.of(read.ignoring(words.text(group)));
  }

  /** The columns of a table that rows of a group share. */
  private static Optional<List<SchemaColumn>> same(Words words, int group, SchemaTable table) {
    SchemaColumn column = words.column(group);
    SchemaTable named = column == null ? words.table(group) : column.table();
    if (column != null && column.table() == table) {
      return Optional.of(List.of(column));
    }
    return table.joins().stream()
        .filter(join -> join.toOne() && join.to() == named)
        .map(Join::fromColumns)
        .findFirst();
  }
}
