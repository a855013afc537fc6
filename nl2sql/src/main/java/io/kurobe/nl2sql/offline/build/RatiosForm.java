package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * "The ratio of cancelled to shipped orders", "orders per customer on average": two numbers, one
 * divided by the other.
 */
final class RatiosForm implements Form {
  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int ratio = words.find(0, Cue.RATIO);
    return ratio < 0 ? perOne(words, plain) : ofTwo(words, ratio, plain);
  }

  private static Optional<Understood> ofTwo(
      Words words, int ratio, Function<Words, Understood> plain) {
    int to = -1;
    for (int i = ratio + 1; i < words.size() && to < 0; i++) {
      boolean separates =
          words.is(i, WordClass.DIVIDING) && words.is(i, Cue.PREP, Cue.AND)
              || words.is(i, Cue.COMPARE) && words.is(i, WordClass.DIVIDED_BY);
      to = separates && i > ratio + 1 ? i : -1;
    }
    if (to < 0) {
      return Optional.of(plain.apply(words));
    }
    int end = to + 1;
    while (end < words.size() && !words.is(end, Cue.EACH, Cue.BY, Cue.PREP, Cue.END)) {
      end++;
    }
    Words tail = words.slice(end, words.size());
    Words left = words.slice(ratio + 1, to);
    Words right = words.slice(to + 1, end);
    Words leftNoun = noun(left);
    Words rightNoun = noun(right);
    if (leftNoun.size() == 0) {
      left = left.and(rightNoun);
    } else if (rightNoun.size() == 0) {
      right = right.and(leftNoun);
    }
    Understood over = plain.apply(question(left).and(tail));
    Understood under = plain.apply(question(right).and(tail));
    Optional<Expression> top = over.aggregate();
    Optional<Expression> bottom = under.aggregate();
    if (top.isEmpty()
        || bottom.isEmpty()
        || over.draft().groups.size() > 0 != under.draft().groups.size() > 0) {
      return Optional.of(over.ignoring(words.text(ratio)));
    }
    if (!under.ignored().isEmpty()) {
      over = over.ignoring(under.ignored().get(0));
    }
    return Optional.of(divided(over, top.get(), under, bottom.get(), words.text(ratio)));
  }

  private static Understood divided(
      Understood over, Expression top, Understood under, Expression bottom, String said) {
    boolean together =
        top.table() == bottom.table()
            && over.draft().mentioned.equals(under.draft().mentioned)
            && SharesForm.plainOf(top.table(), over.draft().where)
            && SharesForm.plainOf(top.table(), under.draft().where);
    if (!together) {
      if (!over.draft().groups.isEmpty()) {
        return over.ignoring(said);
      }
      over.draft().combined = new Intent.Combined(Intent.Combination.RATIO, under.draft().finish());
      return over;
    }
    List<List<Condition>> always = new ArrayList<>(over.draft().where);
    always.retainAll(under.draft().where);
    Expression number =
        new Expression.Ratio(
            filtered(top, over.draft().where, always),
            filtered(bottom, under.draft().where, always),
            false);
    over.draft().where.retainAll(always);
    over.replace(top, number);
    return over;
  }

  private static Expression filtered(
      Expression of, List<List<Condition>> where, List<List<Condition>> always) {
    List<List<Condition>> own = new ArrayList<>(where);
    own.removeAll(always);
    return own.isEmpty() ? of : new Expression.Filtered(of, own);
  }

  /** The table that words are about; empty if they name none. */
  private static Words noun(Words words) {
    return words.only(i -> words.table(i) != null);
  }

  private static Words question(Words words) {
    for (int i = 0; i < words.size(); i++) {
      SchemaColumn column = words.column(i);
      if (words.is(i, Cue.COUNT, Cue.SUM, Cue.AVG)) {
        return words;
      }
      if (column != null && column.measure()) {
        return words.phrase(Cue.SUM).and(words);
      }
    }
    return words.phrase(Cue.COUNT).and(words);
  }

  /** "The average number of orders per customer": of each that has some. */
  private static Optional<Understood> perOne(Words words, Function<Words, Understood> plain) {
    int average = words.find(0, Cue.AVG);
    int each = words.find(0, Cue.EACH);
    if (each < 0 && words.is(average, WordClass.ON_AVERAGE)) {
      return ofOne(words, average, plain);
    }
    int owner = words.past(each + 1);
    SchemaTable one = each < 0 ? null : words.table(owner);
    boolean first = average >= 0 && average < each;
    int counting = words.past(average + 1);
    boolean counts =
        first && words.is(counting, Cue.COUNT) && words.has(counting, WordClass.COUNTING);
    int noun = each - 1;
    SchemaTable many = words.table(noun);
    boolean bare = average > each && many != null;
    if (one == null || average < 0 || !(counts || bare)) {
      return Optional.empty();
    }
    Words rest = words.only(i -> i != average && (i < each || i > owner));
    Understood read = plain.apply(bare ? rest.insert(noun, Cue.COUNT) : rest);
    Optional<Expression> sum = read.aggregate();
    if (sum.isEmpty() || read.draft().outputs.size() > 1 || !read.draft().groups.isEmpty()) {
      return Optional.empty();
    }
    return key(sum.get().table(), one)
        .map(
            key -> {
              read.replace(
                  sum.get(),
                  new Expression.Ratio(sum.get(), new Expression.CountDistinct(key), false));
              return read;
            });
  }

  /** "How many exams does a student take on average?" */
  private static Optional<Understood> ofOne(
      Words words, int average, Function<Words, Understood> plain) {
    int count = words.find(0, Cue.COUNT);
    SchemaTable many = count < 0 ? null : words.table(words.past(count + 1));
    for (int i = count + 2; many != null && i < words.size(); i++) {
      SchemaTable one = words.table(i);
      boolean single =
          words.is(i - 1, WordClass.INDEFINITE, WordClass.DEFINITE, WordClass.ONE)
              || words.is(i - 1, Cue.EACH);
      if (one != null && one != many && single) {
        int owner = i;
        return perOne(
            words
                .only(k -> k < owner - 1)
                .and(words.phrase(Cue.EACH))
                .and(words.slice(owner, owner + 1))
                .and(words.only(k -> k > owner && k != average)),
            many,
            plain);
      }
    }
    return Optional.empty();
  }

  private static Optional<Understood> perOne(
      Words words, SchemaTable many, Function<Words, Understood> plain) {
    int each = words.find(0, Cue.EACH);
    return key(many, words.table(each + 1))
        .flatMap(
            key -> {
              Understood read = plain.apply(words.without(each, each + 1));
              Optional<Expression> count = read.aggregate();
              count.ifPresent(
                  counted ->
                      read.replace(
                          counted,
                          new Expression.Ratio(counted, new Expression.CountDistinct(key), false)));
              return count.map(counted -> read);
            });
  }

  /** What says in a row of a table which row of another it belongs to. */
  private static Optional<SchemaColumn> key(SchemaTable from, SchemaTable to) {
    return JoinTree.cheapest(java.util.Set.of(from), to)
        .filter(path -> !path.isEmpty() && path.stream().allMatch(Join::toOne))
        .map(path -> path.get(path.size() - 1))
        .filter(join -> join.fromColumns().size() == 1)
        .map(join -> join.fromColumns().get(0));
  }
}
