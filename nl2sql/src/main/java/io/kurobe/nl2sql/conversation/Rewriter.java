package io.kurobe.nl2sql.conversation;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.conversation.Clause.Kind;
import io.kurobe.nl2sql.conversation.LeadIn.Tie;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells questions that go on from the one before, and makes them whole without a model. Both are
 * cut into clauses; those of the new one take the places of their like in the old one. Of several
 * ways to say the outcome the one is taken that is read best. Threads share it.
 */
public final class Rewriter {
  private static final Cue[] QUESTION_WORDS = {
    Cue.COUNT, Cue.HOWMUCH, Cue.WHICH, Cue.WHO, Cue.WHEN, Cue.WHEREABOUTS, Cue.COMMAND
  };

  /** How much better a later way to say it must be read. */
  private static final double CLEARLY_BETTER = 0.05;

  /** What it is worth that a query keeps all of the one before. */
  private static final double KEEPING = 0.5;

  private final Reader reader;

  public Rewriter(Reader reader) {
    this.reader = requireNonNull(reader, "reader is null");
  }

  /**
   * The whole question.
   *
   * @param before the whole question before it
   * @return empty if the question stands alone, or if it is not known what it means
   */
  public Optional<String> rewrite(String before, Question asked, QuestionSupport support) {
    LeadIn lead = LeadIn.of(asked.text());
    List<Clause> core = clauses(with(asked, lead.core()), support);
    List<Clause> known = clauses(with(asked, before), support);
    Optional<Clause> value = value(lead, core, known, asked, support);
    if (value.isPresent()) {
      core = List.of(value.get());
    } else if (standsAlone(lead, core)) {
      if (!showsOthers(core, known)) {
        return Optional.empty();
      }
      lead = lead.with(Tie.PROJECTED);
    }
    Set<String> ways = new LinkedHashSet<>();
    for (int variant = 0; variant < Merge.VARIANTS; variant++) {
      Merge.of(known, core, lead, variant).ifPresent(ways::add);
    }
    if (lead.has(Tie.ANAPHORA) || lead.has(Tie.PROJECTED)) {
      withNoun(known, asked.text()).ifPresent(ways::add);
    }
    return best(ways, before, core, asked, support);
  }

  /** What was asked, of the rows that the question before was about. */
  private static Optional<String> withNoun(List<Clause> known, String asked) {
    return Clauses.find(known, Kind.HEAD)
        .flatMap(Projection::of)
        .flatMap(
            before -> {
              String said = LeadIn.withNoun(asked, before.rows(), before.one());
              if (!said.contains(before.rows()) && !said.contains(before.one())) {
                return Optional.empty();
              }
              String conditions =
                  known.stream()
                      .filter(
                          clause ->
                              switch (clause.kind()) {
                                case FILTER, EXCLUSION, NUMBER, TIME -> true;
                                case HEAD, RANK, GROUP, ORDER, REST -> false;
                              })
                      .map(Clause::text)
                      .collect(Collectors.joining(" "));
              return Optional.of((said + " " + conditions).strip());
            });
  }

  private List<Clause> clauses(Question question, QuestionSupport support) {
    if (question.text().isEmpty()) {
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (Item item : reader.spans(question, support)) {
      // What stood in quotes is to stand in quotes again.
      boolean quoted =
          item instanceof Item.Named && question.text().contains("\"" + item.text() + "\"");
      items.add(quoted ? inQuotes(item) : item);
    }
    return Clauses.of(items);
  }

  private static Question with(Question question, String text) {
    return new Question(text, question.scope(), question.generators(), question.options());
  }

  /**
   * A word that is a name too, or nothing, but a stored value where the question before speaks of:
   * "only phone" of devices.
   */
  private Optional<Clause> value(
      LeadIn lead, List<Clause> core, List<Clause> known, Question asked, QuestionSupport support) {
    boolean simple =
        core.size() <= 1
            && core.stream()
                .flatMap(clause -> clause.items().stream())
                .allMatch(
                    item ->
                        Clause.isName(item)
                            || item instanceof Item.Unknown
                            || Clause.isCue(item, Cue.FILLER, Cue.PREP, Cue.EXTREME, Cue.COMMAND));
    if (!simple || !(lead.isTied() || lead.has(Tie.SOFT)) || lead.has(Tie.INSTEAD)) {
      return Optional.empty();
    }
    String text = lead.core().replaceFirst("(?i)^(for|in|from|with|by|the|on|at) +", "");
    if (text.contains("\"")) {
      return Optional.empty();
    }
    List<Item> items = reader.spans(with(asked, "\"" + text + "\""), support);
    Clause found = new Clause(Kind.FILTER, items.stream().map(Rewriter::inQuotes).toList());
    Set<TableName> tables = new LinkedHashSet<>();
    known.forEach(clause -> tables.addAll(clause.tables()));
    known.forEach(clause -> clause.valueColumns().forEach(column -> tables.add(column.table())));
    boolean near =
        found.valueColumns().stream().anyMatch(column -> tables.contains(column.table()));
    return near ? Optional.of(found) : Optional.empty();
  }

  /** The same value, said so that it is taken for nothing else. */
  private static Item inQuotes(Item item) {
    return item instanceof Item.Named named
        ? new Item.Named("\"" + named.text() + "\"", named.links())
        : item;
  }

  private static boolean standsAlone(LeadIn lead, List<Clause> core) {
    Optional<Clause> head = Clauses.find(core, Kind.HEAD);
    boolean pronoun = lead.has(Tie.COUNTED) || lead.has(Tie.LISTED) || lead.has(Tie.PROJECTED);
    if (core.isEmpty() || pronoun) {
      return !pronoun;
    }
    boolean unknown =
        core.stream().flatMap(c -> c.items().stream()).anyMatch(Item.Unknown.class::isInstance);
    if (unknown && !lead.isTied()) {
      return true;
    }
    boolean whole = head.filter(Clause::hasName).isPresent() && head.get().has(QUESTION_WORDS);
    if (lead.isTied()) {
      // "no, how many customers are there" begins anew.
      return whole
          && lead.ties().stream().allMatch(tie -> tie == Tie.SOFT || tie == Tie.CORRECTION);
    }
    Item first = core.get(0).items().get(0);
    if (head.isEmpty()
        || !whole && Clause.isCue(first, Cue.PREP, Cue.EACH, Cue.BY, Cue.NOT, Cue.ORDER)) {
      return false;
    }
    if (!head.get().hasName() || isOpen(head.get(), core)) {
      return false;
    }
    if (lead.has(Tie.SOFT) || lead.has(Tie.ALSO)) {
      return whole && core.size() > 1;
    }
    // "per region", "in Berlin" before all else go on; "revenue per region" does not.
    return true;
  }

  /** "show title and style" of the rows before: columns alone, and of no table. */
  private static boolean showsOthers(List<Clause> core, List<Clause> known) {
    if (core.size() != 1 || core.get(0).kind() != Kind.HEAD || !core.get(0).has(Cue.COMMAND)) {
      return false;
    }
    Clause head = core.get(0);
    Set<TableName> tables = Clauses.find(known, Kind.HEAD).map(Clause::firstTable).orElse(Set.of());
    return head.hasName()
        && head.items().stream()
            .allMatch(
                item ->
                    Clause.isCue(item, Cue.COMMAND, Cue.AND, Cue.COMMA, Cue.FILLER)
                        || item instanceof Item.Named named
                            && named.links().stream()
                                .limit(3)
                                .anyMatch(
                                    link ->
                                        link.target() instanceof Target.OfColumn column
                                            && tables.contains(column.table().name())));
  }

  /** "which team has the most", "how many hours": of what is not said. */
  private static boolean isOpen(Clause head, List<Clause> core) {
    if (core.stream().allMatch(clause -> clause.kind() == Kind.HEAD || clause.kind() == Kind.REST)
        && Heads.summed(head).isPresent()) {
      return true;
    }
    List<Item> last = core.get(core.size() - 1).items();
    long names = head.items().stream().filter(Clause::isName).count();
    return names == 1 && Clause.isCue(last.get(last.size() - 1), Cue.MOST, Cue.LEAST);
  }

  private Optional<String> best(
      Set<String> ways, String before, List<Clause> core, Question asked, QuestionSupport support) {
    Set<String> known =
        reader
            .reading(with(asked, before), support)
            .map(reading -> parts(reading.sql()))
            .orElse(Set.of());
    String best = null;
    double score = -1;
    for (String way : ways) {
      Optional<Reader.Reading> reading = reader.reading(with(asked, way), support);
      if (reading.filter(each -> holds(core, each.sql())).isEmpty()) {
        continue;
      }
      double found =
          reading.get().confidence() + KEEPING * alike(known, parts(reading.get().sql()));
      if (found > score + (best == null ? 0 : CLEARLY_BETTER)) {
        best = way;
        score = found;
      }
    }
    // Whoever else answers may understand what rules do not.
    return Optional.ofNullable(best).or(() -> ways.stream().findFirst());
  }

  /** The words of a query, without the aliases of its tables. */
  private static Set<String> parts(String sql) {
    return new LinkedHashSet<>(
        List.of(sql.replaceAll("\\b\\w+\\.(?=[\\w\"])", "").split("[\\s(),]+")));
  }

  /** How much two queries have in common, 0 to 1. */
  private static double alike(Set<String> one, Set<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return 0;
    }
    Set<String> both = new LinkedHashSet<>(one);
    both.retainAll(other);
    return 2.0 * both.size() / (one.size() + other.size());
  }

  /** Whether a query has the values that were asked for. */
  private static boolean holds(List<Clause> core, String sql) {
    for (Clause clause : core) {
      if (clause.kind() == Kind.ORDER && !isOrdered(clause, sql)) {
        return false;
      }
      if (clause.kind() != Kind.FILTER && clause.kind() != Kind.EXCLUSION) {
        continue;
      }
      for (Item value : clause.values()) {
        boolean there =
            value instanceof Item.Named named
                ? named.links().stream().map(Link::target).anyMatch(target -> isIn(target, sql))
                : sql.contains("'" + value.text().replace("'", "''") + "'");
        if (!there) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a query is ordered by a column that a clause names. */
  private static boolean isOrdered(Clause order, String sql) {
    int at = sql.lastIndexOf("ORDER BY");
    List<Clause.ColumnName> columns = order.nameColumns();
    return columns.isEmpty()
        || order.has(Cue.COUNT)
        || at >= 0 && columns.stream().anyMatch(each -> sql.indexOf(each.column(), at) >= 0);
  }

  private static boolean isIn(Target target, String sql) {
    return target instanceof Target.OfValue value
        && sql.contains("'" + value.value().replace("'", "''") + "'");
  }
}
