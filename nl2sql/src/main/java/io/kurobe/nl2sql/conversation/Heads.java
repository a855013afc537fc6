package io.kurobe.nl2sql.conversation;

import static io.kurobe.nl2sql.conversation.Clause.isCue;
import static io.kurobe.nl2sql.conversation.Clause.isName;

import io.kurobe.nl2sql.conversation.Clause.Kind;
import io.kurobe.nl2sql.conversation.Draft.Part;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes what a question shows: another measure, another thing, fewer of them. */
final class Heads {
  static final Cue[] AGGREGATES = {Cue.COUNT, Cue.HOWMUCH, Cue.SUM, Cue.AVG, Cue.MAX, Cue.MIN};
  private static final Cue[] SUPERLATIVES = {Cue.MOST, Cue.LEAST, Cue.EXTREME, Cue.COMMON};

  private final Draft draft;
  private final LeadIn lead;
  private final int variant;
  private final ShownColumns columns;

  Heads(Draft draft, LeadIn lead, int variant) {
    this.draft = draft;
    this.lead = lead;
    this.variant = variant;
    this.columns = new ShownColumns(draft);
  }

  /** Applies a head. Returns whether it could. */
  boolean apply(Clause head) {
    Optional<Part> before = draft.find(Kind.HEAD);
    if (before.isEmpty()) {
      draft.add(said(head), head);
      return true;
    }
    Optional<Item.Number> number =
        head.items().stream()
            .filter(Item.Number.class::isInstance)
            .map(Item.Number.class::cast)
            .findFirst();
    if (number.isPresent() && (head.has(Cue.TOP) || isOnlyNumber(head))) {
      return limit(before.get(), number.get().text(), true);
    }
    if (!head.hasName() && head.has(SUPERLATIVES) && !head.has(AGGREGATES)) {
      return superlative(before.get(), head);
    }
    if (head.has(SUPERLATIVES) && draft.find(Kind.GROUP).isPresent() && isGroupAlone(head)) {
      return superlative(before.get(), head);
    }
    if (lead.has(LeadIn.Tie.PROJECTED)
        || head.has(Cue.EVERYTHING)
        || lead.has(LeadIn.Tie.ALSO) && columns.areNamed(head)) {
      return columns.project(head, lead.has(LeadIn.Tie.ALSO));
    }
    if (!head.hasName()) {
      return aggregate(before.get(), head);
    }
    return named(before.get(), head);
  }

  /** "how many hours" are hours added up, where it is a column that can be. */
  static Optional<String> summed(Clause head) {
    List<Item> names = head.items().stream().filter(Clause::isName).toList();
    return names.size() == 1
            && head.has(Cue.COUNT)
            && ((Item.Named) names.get(0)).target() instanceof Target.OfColumn of
            && of.column().measure()
        ? Optional.of("total " + names.get(0).text())
        : Optional.empty();
  }

  private static boolean isOnlyNumber(Clause head) {
    return head.items().stream()
        .allMatch(item -> item instanceof Item.Number || isCue(item, Cue.FILLER, Cue.COMMAND));
  }

  /** Whether it names nothing but what the question is grouped by. */
  private boolean isGroupAlone(Clause head) {
    Clause group = draft.find(Kind.GROUP).orElseThrow().clause();
    return group.tables().containsAll(head.tables())
        || group.firstTable().equals(head.firstTable())
            && head.items().stream().filter(Clause::isName).count() == 1;
  }

  private boolean limit(Part before, String number, boolean most) {
    if (before.clause().has(Cue.TOP)) {
      String text = before.text().replaceFirst("\\b\\d+\\b", number);
      draft.replace(before, text, before.clause());
      return true;
    }
    Optional<Part> group = draft.find(Kind.GROUP);
    Optional<Part> order = draft.find(Kind.ORDER);
    if (group.isPresent()) {
      String names = many(names(group.get().clause()));
      String measure = measure(before.clause());
      draft.remove(part -> part.kind() == Kind.GROUP || part.kind() == Kind.ORDER);
      if (most) {
        draft.replace(before, "top " + number + " " + names, before.clause());
        draft.put("by " + measure, new Clause(Kind.RANK, before.clause().items()));
      } else {
        draft.replace(
            before, number + " " + names + " with the lowest " + measure, before.clause());
      }
      return true;
    }
    List<Item> named = before.clause().items().stream().filter(Clause::isName).toList();
    if (before.clause().has(Cue.MOST) && named.size() > 1) {
      boolean counted = ((Item.Named) named.get(1)).target() instanceof Target.OfTable;
      draft.replace(before, "top " + number + " " + many(named.get(0).text()), before.clause());
      draft.put(
          "by " + (counted ? "number of " : "") + named.get(1).text(),
          new Clause(Kind.RANK, named.subList(1, 2)));
      return true;
    }
    Optional<Projection> shown = Projection.of(before.clause());
    boolean columns = shown.isPresent() && !shown.get().columns().isEmpty() && variant % 2 == 1;
    String text =
        columns
            ? shown.get().columnNames() + " of the top " + number + " " + shown.get().rows()
            : "top " + number + " " + withoutCommand(before.clause());
    draft.replace(before, text, before.clause());
    order.ifPresent(
        part ->
            draft.replace(
                part,
                part.text().replaceFirst("(?i)^.*?\\b(by|order of)\\b", "by"),
                part.clause()));
    return true;
  }

  /** "the highest", "which one has the fewest": the first or last of what is grouped. */
  private boolean superlative(Part before, Clause head) {
    boolean most = !head.has(Cue.LEAST) && !isAscending(head);
    Optional<Part> group = draft.find(Kind.GROUP);
    if (before.clause().has(SUPERLATIVES)) {
      draft.replace(before, withSuperlative(before.clause(), head), before.clause());
      return true;
    }
    if (group.isEmpty() && head.has(Cue.EXTREME)) {
      Optional<Projection> rows = Projection.of(before.clause());
      if (rows.isPresent() && variant % 2 == 0) {
        String extreme =
            text(head.items().stream().filter(item -> isCue(item, Cue.EXTREME)).toList());
        draft.replace(before, "which is the " + extreme + " " + rows.get().one(), head);
        return true;
      }
    }
    if (group.isEmpty()) {
      return limit(before, "1", most);
    }
    String names = names(group.get().clause());
    String measure = measure(before.clause());
    boolean counts = before.clause().has(Cue.COUNT);
    String text =
        counts
            ? "which "
                + names
                + " has the "
                + (most ? "most " : "fewest ")
                + entity(before.clause())
            : variant == 0
                ? "which " + names + " has the " + (most ? "highest " : "lowest ") + measure
                : "top 1 " + names + " by " + measure;
    draft.replace(before, text, before.clause());
    draft.remove(part -> part.kind() == Kind.GROUP || part.kind() == Kind.ORDER);
    return true;
  }

  /** "the fewest" after "which country has the most customers". */
  private static String withSuperlative(Clause before, Clause head) {
    String superlative =
        text(head.items().stream().filter(item -> isCue(item, SUPERLATIVES)).toList());
    return before.items().stream()
        .map(item -> isCue(item, SUPERLATIVES) ? superlative : item.text())
        .collect(Collectors.joining(" "));
  }

  private static boolean isAscending(Clause head) {
    return head.items().stream()
        .anyMatch(
            item ->
                isCue(item, Cue.EXTREME, Cue.COMMON)
                    && ((Item.Phrase) item).entry().payload(0).equals("asc"));
  }

  /** "the average": of what was shown. */
  private boolean aggregate(Part before, Clause head) {
    List<Item> own = head.items().stream().filter(item -> isCue(item, AGGREGATES)).toList();
    if (own.isEmpty()) {
      return false;
    }
    List<Item> rest =
        before.clause().items().stream()
            .filter(item -> !isCue(item, AGGREGATES))
            .filter(item -> !isCue(item, Cue.COMMAND, Cue.WHICH, Cue.WHO, Cue.FILLER, Cue.BE))
            .toList();
    String text = text(own) + " " + text(rest);
    draft.replace(before, text, before.clause());
    if (draft.find(Kind.GROUP).isEmpty()) {
      // One value has no order.
      draft.remove(part -> part.kind() == Kind.ORDER);
    }
    return true;
  }

  private boolean named(Part before, Clause head) {
    boolean ownAggregate = head.has(AGGREGATES) || head.has(SUPERLATIVES) || head.has(Cue.TOP);
    List<Item> names = head.items().stream().filter(Clause::isName).toList();
    Item.Named first = (Item.Named) names.get(0);
    boolean table = first.target() instanceof Target.OfTable;
    if (lead.has(LeadIn.Tie.ALSO) && !table) {
      draft.replace(before, before.text() + " and " + said(head), before.clause());
      return true;
    }
    boolean label =
        first.target() instanceof Target.OfColumn column
            && !column.column().measure()
            && !ownAggregate;
    Optional<Part> group = draft.find(Kind.GROUP);
    boolean regroups = (table || label) && !ownAggregate && group.isPresent();
    if (regroups && (label || variant > 0)) {
      Clause grouped = new Clause(Kind.GROUP, head.items());
      draft.replace(group.get(), "per " + text(names), grouped);
      return true;
    }
    Optional<Part> rank = draft.find(Kind.RANK);
    if (rank.isPresent() && !table && rank.get().clause().hasName()) {
      List<Item> old = rank.get().clause().items();
      String by = text(old.stream().filter(item -> isCue(item, AGGREGATES)).toList());
      draft.replace(
          rank.get(),
          ("by " + (ownAggregate ? "" : by + " ") + said(head)).replaceAll(" +", " "),
          new Clause(Kind.RANK, head.items()));
      return true;
    }
    Optional<String> ranked = inRank(before.clause(), head);
    if (ranked.isPresent()) {
      draft.replace(before, ranked.get(), before.clause());
      return true;
    }
    Optional<String> summed = summed(head);
    String text = summed.orElse(said(head));
    if (!ownAggregate && (table || variant == 0)) {
      text = withAggregateOf(before.clause(), text, table);
    }
    draft.replace(before, text + kept(before.clause(), head), head);
    return true;
  }

  /** "which … has the highest price", when another measure is asked for. */
  private static Optional<String> inRank(Clause before, Clause head) {
    List<Item> names = before.items().stream().filter(Clause::isName).toList();
    if (!before.has(SUPERLATIVES) || names.size() < 2 || head.has(SUPERLATIVES)) {
      return Optional.empty();
    }
    Item last = names.get(names.size() - 1);
    return Optional.of(
        before.items().stream()
            .map(item -> item == last ? said(head) : item.text())
            .collect(Collectors.joining(" ")));
  }

  /** "average weight" after "average price": what is done to the one is done to the other. */
  private static String withAggregateOf(Clause before, String text, boolean counts) {
    List<Item> aggregates =
        before.items().stream().filter(item -> isCue(item, AGGREGATES)).limit(1).toList();
    boolean fits = !aggregates.isEmpty() && !isCue(aggregates.get(0), Cue.HOWMUCH);
    if (fits && isCue(aggregates.get(0), Cue.COUNT) && !counts) {
      return "total " + text.replaceFirst("(?i)^(the )?(total )?", "");
    }
    return fits ? text(aggregates) + " " + text : text;
  }

  /** Whose the old thing was: that is whose the new one is. */
  private static String kept(Clause before, Clause head) {
    List<Item> names = before.items().stream().filter(Clause::isName).toList();
    if (names.size() < 2) {
      return "";
    }
    Item.Named last = (Item.Named) names.get(names.size() - 1);
    boolean said =
        head.items().stream().anyMatch(item -> item.text().equalsIgnoreCase(last.text()));
    return last.target() instanceof Target.OfTable && !said ? " of " + last.text() : "";
  }

  private static String said(Clause head) {
    return text(
        head.items().stream().filter(item -> !isCue(item, Cue.COMMAND, Cue.COMMA)).toList());
  }

  static String withoutCommand(Clause head) {
    return text(
        head.items().stream()
            .filter(item -> !isCue(item, Cue.COMMAND, Cue.WHICH, Cue.FILLER))
            .toList());
  }

  /** What is computed, without "show me" and "how many". */
  private static String measure(Clause head) {
    List<Item> items = new ArrayList<>();
    for (Item item : head.items()) {
      if (!isCue(item, Cue.COMMAND, Cue.WHICH, Cue.FILLER, Cue.BE, Cue.WHO, Cue.HOWMUCH)) {
        items.add(item);
      }
    }
    return text(items).replaceFirst("(?i)^how many", "number of");
  }

  private static String entity(Clause head) {
    return head.items().stream().filter(Clause::isName).map(Item::text).findFirst().orElse("");
  }

  private static String names(Clause group) {
    return group.items().stream()
        .filter(item -> isName(item) || isCue(item, Cue.UNIT))
        .map(Item::text)
        .collect(Collectors.joining(" and "));
  }

  private static String many(String noun) {
    if (noun.endsWith("s") || noun.contains(" and ")) {
      return noun;
    }
    return noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }

  static String text(List<Item> items) {
    return items.stream().map(Item::text).collect(Collectors.joining(" "));
  }
}
