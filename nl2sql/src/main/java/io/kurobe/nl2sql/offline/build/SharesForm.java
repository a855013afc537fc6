package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * "What share of orders were cancelled", "the percentage of revenue per region": what is counted or
 * added up, once for what the conditions leave and once for all of it. With groups and nothing that
 * restricts, it is what each group is of all of them.
 */
final class SharesForm implements Form {
  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int share = words.find(0, Cue.SHARE);
    if (share < 0) {
      return Optional.empty();
    }
    boolean percent = !words.payload(share).equals("fraction");
    Words asked = counted(words, share);
    int head = share;
    while (head < asked.size() && !asked.named(head)) {
      head++;
    }
    Understood whole = plain.apply(asked);
    Optional<Expression> of = whole.aggregate();
    if (head == asked.size() || of.isEmpty() || words.is(share - 1, WordClass.INDEFINITE)) {
      return Optional.of(whole.ignoring(words.text(share)));
    }
    int verb = mainVerb(asked, head);
    Understood base = plain.apply(verb < 0 ? asked.slice(0, head + 1) : asked.slice(0, verb));
    List<List<Condition>> part = new ArrayList<>(whole.draft().where);
    part.removeAll(base.draft().where);
    List<List<Condition>> always = new ArrayList<>(whole.draft().where);
    always.removeAll(part);
    if (part.stream().anyMatch(group -> !timely(group)) || whole.draft().groups.size() > 0) {
      part.stream().filter(SharesForm::timely).forEach(always::add);
      part.removeIf(SharesForm::timely);
    }
    Set<SchemaTable> extra = new java.util.LinkedHashSet<>(whole.draft().mentioned);
    extra.removeAll(base.draft().mentioned);
    extra.removeIf(
        table -> whole.draft().groups.stream().anyMatch(group -> group.table() == table));
    if (!whole.draft().groups.isEmpty() && part.isEmpty() && extra.isEmpty()) {
      whole.replace(
          of.get(),
          new Expression.Ratio(of.get(), new Expression.Summed(of.get(), List.of()), percent));
      return Optional.of(whole);
    }
    if (extra.isEmpty() && !part.isEmpty() && plainOf(of.get().table(), part)) {
      whole.draft().where.clear();
      whole.draft().where.addAll(always);
      whole.replace(
          of.get(),
          new Expression.Ratio(new Expression.Filtered(of.get(), part), of.get(), percent));
      return Optional.of(whole);
    }
    if (!whole.draft().groups.isEmpty() || part.isEmpty() && extra.isEmpty()) {
      return Optional.of(whole.ignoring(words.text(share)));
    }
    base.draft().outputs.clear();
    base.draft().outputs.add(of.get());
    base.draft().where.clear();
    base.draft().where.addAll(always);
    whole.draft().combined =
        new Intent.Combined(
            percent ? Intent.Combination.PERCENTAGE : Intent.Combination.RATIO,
            base.draft().finish());
    return Optional.of(whole);
  }

  /** The question for the number, or the sum, in place of the share. */
  private static Words counted(Words words, int share) {
    int next = words.past(share + 1, Cue.PREP, Cue.PRONOUN, Cue.DISTINCT);
    Words rest = words.without(share);
    if (words.is(next, Cue.SUM, Cue.COUNT)) {
      return rest;
    }
    boolean before = !words.named(next) || words.is(share + 1, Cue.BY, Cue.EACH);
    int noun = before ? share - 1 : next;
    SchemaColumn column = words.column(noun);
    boolean adds = column != null && column.measure();
    Cue cue = adds ? Cue.SUM : Cue.COUNT;
    return rest.insert(before ? Math.max(0, share - 1) : share, cue);
  }

  /** The verb behind the head noun that says what is true of the part; -1 if there is none. */
  static int mainVerb(Words words, int head) {
    boolean relative = false;
    for (int i = head + 1; i < words.size(); i++) {
      relative |= words.is(i, Cue.REL);
      if (words.is(i, Cue.BE)) {
        if (!relative && !words.begins(i, WordClass.RELATIVE) && !words.has(i, WordClass.CALLED)) {
          return i;
        }
        relative = false;
      } else if (!relative
          && words.is(i, Cue.FILLER, Cue.HAVE)
          && words.is(i, WordClass.MAIN_VERB)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean timely(List<Condition> group) {
    return group.stream().allMatch(Condition.During.class::isInstance);
  }

  /** Whether conditions are about a row, or about what it leads to. */
  static boolean plainOf(SchemaTable table, List<List<Condition>> groups) {
    return groups.stream()
        .flatMap(List::stream)
        .allMatch(
            condition ->
                !(condition instanceof Condition.Exists)
                    && condition.tables().stream()
                        .allMatch(other -> Compounds.leadsToOne(table, other)));
  }
}
