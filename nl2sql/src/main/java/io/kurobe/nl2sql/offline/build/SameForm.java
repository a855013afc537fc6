package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * "Pairs of players from the same club", "employees in the same office as Ann": rows of a table
 * beside others of it that share a column.
 */
final class SameForm implements Form {
  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int same = words.find(0, Cue.SAME_AS);
    if (words.is(same, WordClass.AS_MANY)) {
      return Optional.empty();
    }
    int pair = words.find(0, Cue.PAIR);
    if (same < 0) {
      return Optional.empty();
    }
    int what = words.past(same + 1);
    SchemaTable entity = entity(words, pair < 0 ? 0 : pair + 1, what);
    List<SchemaColumn> shared = entity == null ? List.of() : shared(words, what, entity);
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    var way = new Join(entity, shared, entity, shared, false, true);
    SchemaTable other = SchemaTable.inRole(way);
    int from = words.is(same - 1, Cue.PREP, Cue.HAVE) ? same - 1 : same;
    if (pair >= 0) {
      Words rest = words.only(i -> i != pair && (i < from || i > what));
      return Optional.of(paired(plain.apply(rest), entity, other));
    }
    int as = words.past(what + 1);
    boolean said =
        as > what + 1
            && words.is(as - 1, WordClass.EQUATIVE, WordClass.DEFINITE, WordClass.INDEFINITE);
    Words rest = words.only(i -> i < from || i > as);
    return said ? asOne(words, as, plain, rest, other) : Optional.empty();
  }

  private static @Nullable SchemaTable entity(Words words, int from, int to) {
    for (int i = from; i < to; i++) {
      if (words.table(i) != null) {
        return words.table(i);
      }
    }
    return null;
  }

  /** What rows share that have the same of what is named: a column, or the key of a table. */
  private static List<SchemaColumn> shared(Words words, int what, SchemaTable entity) {
    SchemaColumn column = words.column(what);
    if (column != null && column.table() == entity) {
      return List.of(column);
    }
    SchemaTable named = column == null ? words.table(what) : column.table();
    return entity.joins().stream()
        .filter(join -> join.toOne() && join.to() == named && join.to() != entity)
        .map(Join::fromColumns)
        .findFirst()
        .orElseGet(
            () ->
                words.items().size() > what && words.items().get(what) instanceof Item.Named named2
                    ? named2.links().stream()
                        .filter(link -> link.target() instanceof Target.OfColumn)
                        .map(link -> ((Target.OfColumn) link.target()).column())
                        .filter(c -> c.table() == entity)
                        .limit(1)
                        .toList()
                    : List.of());
  }

  private static Understood paired(Understood read, SchemaTable entity, SchemaTable other) {
    if (entity.key().size() != 1) {
      return read.ignoring("pairs");
    }
    SchemaColumn key = entity.key().get(0);
    Draft draft = read.draft();
    List<SchemaColumn> shown = Guesses.keysOf(entity);
    draft.outputs.clear();
    shown.forEach(column -> draft.output(new Expression.Column(column)));
    shown.forEach(column -> draft.output(new Expression.Column(twin(column, other))));
    draft.where.add(List.of(new Condition.Columns(key, "<", twin(key, other))));
    return read;
  }

  private static Optional<Understood> asOne(
      Words words, int as, Function<Words, Understood> plain, Words rest, SchemaTable other) {
    Link link = words.chosen().get(as);
    Item item = as < words.size() ? words.items().get(as) : null;
    SchemaTable entity = other.reached().from();
    SchemaColumn column = null;
    String value = "";
    if (link != null && link.target() instanceof Target.OfValue of && of.table() == entity) {
      column = of.column();
      value = of.value();
    } else if (item instanceof Item.Quoted quoted && entity.label().size() == 1) {
      column = entity.label().get(0);
      value = quoted.text();
    }
    if (column == null) {
      return Optional.empty();
    }
    Understood read = plain.apply(rest);
    var known = new Condition.Compare(twin(column, other), "=", value);
    read.draft().where.add(List.of(new Condition.Exists(other, false, List.of(known))));
    read.draft().where.add(List.of(new Condition.Compare(column, "<>", value)));
    return Optional.of(read);
  }

  /** The column of a table in a role. */
  static SchemaColumn twin(SchemaColumn column, SchemaTable role) {
    return role.column(column.name()).orElseThrow();
  }
}
