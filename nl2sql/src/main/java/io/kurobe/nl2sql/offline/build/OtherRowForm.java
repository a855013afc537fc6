package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * "Shops with more visits than the shop in Oslo", "as many pupils as Ann", "who is paid more than
 * Bob": compared with what another row, which is named by a value, has of the same. Read with a
 * number in its place.
 */
final class OtherRowForm implements Form {
  private static final String PLACE = "535353";

  /** What is compared and with whom, by position. */
  private record Said(int compare, int end, String operator, int what, int than, int last) {}

  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    Said said = said(words);
    if (said == null) {
      return Optional.empty();
    }
    Words other = words.slice(said.than(), said.last() + 1);
    int tail = said.last() + 1;
    while (words.is(tail, Cue.FILLER, Cue.HAVE, Cue.BE) || words.is(tail, WordClass.POSSESSIVE)) {
      tail++;
    }
    Words rest =
        words
            .slice(0, said.compare())
            .and(phrase(words.slice(said.compare(), said.end()), said))
            .and(words.item(number()))
            .and(said.what() < 0 ? words.slice(0, 0) : words.slice(said.what(), said.what() + 1))
            .and(words.slice(tail, words.size()));
    Understood read = plain.apply(rest);
    return Optional.of(
        replaced(read, other, plain).orElseGet(() -> read.ignoring(text(words, said))));
  }

  private static String text(Words words, Said said) {
    return words.items().get(said.last()).text();
  }

  /** The phrase that compares, as it stands or made of "more" and its like. */
  private static Words phrase(Words compared, Said said) {
    if (compared.size() == 1 && compared.is(0, Cue.COMPARE, Cue.OLDERTHAN)) {
      return compared;
    }
    String more = compared.lexicon().said(Cue.COMPARE, ">");
    var compare = new Lexicon.Entry(Cue.COMPARE, List.of(said.operator()));
    return compared.item(new Item.Phrase(more, compare));
  }

  private static Item number() {
    return new Item.Number(PLACE, new BigDecimal(PLACE));
  }

  private static @Nullable Said said(Words words) {
    for (int i = 1; i < words.size(); i++) {
      boolean whole = words.is(i, Cue.COMPARE, Cue.OLDERTHAN);
      boolean as = words.is(i, Cue.SAME_AS) && words.is(i, WordClass.AS_MANY, WordClass.SAME);
      if (whole && !words.ends(i, WordClass.THRESHOLD)) {
        continue;
      }
      if (whole) {
        Said said = at(words, i, i + 1, words.payload(i), -1, i + 1);
        if (said != null) {
          return said;
        }
      }
      boolean more = words.is(i, WordClass.MORE, WordClass.LESS) && !whole;
      if (!more && !as) {
        continue;
      }
      boolean factor = words.is(i - 1, WordClass.FACTOR) || words.is(i - 1, Cue.TIMES);
      if (factor || i > 0 && words.items().get(i - 1) instanceof Item.Number) {
        return null;
      }
      int what = words.past(i + 1, Cue.COUNT);
      boolean same = words.is(i, WordClass.SAME);
      if (same && !words.is(i + 1, Cue.COUNT)
          || words.table(what) == null && words.column(what) == null) {
        continue;
      }
      int than = what + 1;
      while (words.is(than, Cue.FILLER)
          && !words.is(than, WordClass.COMPARED_WITH, WordClass.EQUATIVE)) {
        than++;
      }
      if (!words.is(than, more ? WordClass.COMPARED_WITH : WordClass.EQUATIVE)) {
        continue;
      }
      boolean bound = as && words.is(i - 1, Cue.COMPARE);
      String operator =
          bound ? words.payload(i - 1) : as ? "=" : words.is(i, WordClass.MORE) ? ">" : "<";
      return at(words, bound ? i - 1 : i, than + 1, operator, what, than + 1);
    }
    return null;
  }

  /** Where the other row is said: a value, two that are a name, or a table with a value in it. */
  private static @Nullable Said at(
      Words words, int compare, int end, String operator, int what, int from) {
    int i = words.past(from);
    int first = i;
    if (words.table(i) != null) {
      i = words.past(i + 1, Cue.PREP, Cue.BE, Cue.HAVE);
    }
    if (words.items().size() > i
        && words.items().get(i) instanceof Item.Quoted quoted
        && !quoted.quoted()) {
      return new Said(compare, end, operator, what, i, i);
    }
    if (Pair.value(words, i) == null) {
      return null;
    }
    while (Pair.value(words, i + 1) != null) {
      i++;
    }
    return new Said(compare, end, operator, what, first, i);
  }

  private static Optional<Understood> replaced(
      Understood read, Words other, Function<Words, Understood> plain) {
    Draft draft = read.draft();
    for (int k = 0; k < draft.having.size(); k++) {
      Intent.Having having = draft.having.get(k);
      if (having.value().equals(PLACE) && having.overall().isEmpty()) {
        Query value = value(having.aggregate(), other, draft.entity, plain);
        if (value == null) {
          return Optional.empty();
        }
        draft.having.set(
            k,
            new Intent.Having(
                having.aggregate(),
                having.operator(),
                "",
                Optional.of(new Expression.Scalar(value))));
        return Optional.of(having.operator().equals("=") ? apart(read, other) : read);
      }
    }
    for (int k = 0; k < draft.where.size(); k++) {
      if (draft.where.get(k).size() == 1
          && draft.where.get(k).get(0) instanceof Condition.Compare compare
          && compare.value().equals(PLACE)) {
        return ofColumn(read, k, compare, other, plain);
      }
    }
    return Optional.empty();
  }

  private static Optional<Understood> ofColumn(
      Understood read,
      int at,
      Condition.Compare compare,
      Words other,
      Function<Words, Understood> plain) {
    Draft draft = read.draft();
    SchemaColumn column = compare.column();
    var guesses = new Guesses(draft, Map.of());
    if (guesses.toMany(column.table())) {
      // "regions with more revenue than …": of all of each
      Expression sum = new Expression.Aggregate(Expression.Function.SUM, column);
      Query value = value(sum, other, draft.entity, plain);
      if (value == null || !draft.groups.isEmpty()) {
        return Optional.empty();
      }
      draft.where.remove(at);
      draft.having.add(
          new Intent.Having(
              sum, compare.operator(), "", Optional.of(new Expression.Scalar(value))));
      return Optional.of(read);
    }
    Expression.Function function =
        compare.operator().startsWith(">") ? Expression.Function.MAX : Expression.Function.MIN;
    Query value = value(new Expression.Aggregate(function, column), other, draft.entity, plain);
    if (value == null) {
      return Optional.empty();
    }
    draft.where.set(at, List.of(new Condition.Than(column, compare.operator(), value)));
    return Optional.of(compare.operator().equals("=") ? apart(read, other) : read);
  }

  /** What the other row has of it: the conditions that its words come to, and the aggregate. */
  private static @Nullable Query value(
      Expression aggregate,
      Words other,
      @Nullable SchemaTable about,
      Function<Words, Understood> plain) {
    Understood row = plain.apply(other);
    Draft draft = row.draft();
    List<Condition> named = called(other, about);
    if (!named.isEmpty()) {
      draft.entity = about;
      draft.where.clear();
      named.forEach(condition -> draft.where.add(List.of(condition)));
    } else if (!row.ignored().isEmpty()) {
      return null;
    }
    SchemaTable entity = draft.entity;
    if (draft.where.isEmpty() || entity == null) {
      return null;
    }
    if (!Compounds.leadsToOne(aggregate.table(), entity)) {
      return null;
    }
    draft.outputs.clear();
    draft.order.clear();
    draft.groups.clear();
    draft.outputs.add(aggregate);
    return Builder.build(draft.finish()) instanceof Builder.Built built ? built.query() : null;
  }

  /**
   * A proper name that is not known to be stored: what rows are called, where not all are known.
   */
  private static List<Condition> called(Words other, @Nullable SchemaTable about) {
    if (about == null
        || other.size() != 1
        || !(other.items().get(0) instanceof Item.Quoted quoted)
        || about.label().isEmpty()
        || about.label().stream().anyMatch(SchemaColumn::listed)) {
      return List.of();
    }
    List<SchemaColumn> label = about.label();
    String[] words = quoted.text().split("\\s+", 2);
    if (label.size() == 1) {
      return List.of(new Condition.Compare(label.get(0), "=", quoted.text()));
    }
    int first = label.get(0).ends(NameClass.LAST_NAME) ? 1 : 0;
    return words.length < 2
        ? List.of()
        : List.of(
            new Condition.Compare(label.get(first), "=", words[0]),
            new Condition.Compare(label.get(1 - first), "=", words[1]));
  }

  /** Without the row itself, which has as many as itself. */
  private static Understood apart(Understood read, Words other) {
    List<Condition> not = new ArrayList<>();
    for (Condition condition : called(other, read.draft().entity)) {
      Condition.Compare equal = (Condition.Compare) condition;
      not.add(new Condition.Compare(equal.column(), "<>", equal.value()));
    }
    for (int i = 0; i < other.size(); i++) {
      Target.OfValue value = Pair.value(other, i);
      if (value != null && value.column().table() == read.draft().entity) {
        not.add(new Condition.Compare(value.column(), "<>", value.value()));
      }
    }
    if (!not.isEmpty()) {
      read.draft().where.add(not);
    }
    return read;
  }
}
