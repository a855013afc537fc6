package io.kurobe.nl2sql.conversation;

import static io.kurobe.nl2sql.conversation.Clause.isCue;

import io.kurobe.nl2sql.conversation.Clause.ColumnName;
import io.kurobe.nl2sql.conversation.Clause.Kind;
import io.kurobe.nl2sql.conversation.Draft.Part;
import io.kurobe.nl2sql.conversation.LeadIn.Tie;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.planner.catalog.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the clauses of a question into those of the one before: a value takes the place of another
 * of its column, a period that of a period, a grouping that of a grouping; what has no counterpart
 * is added. There are several ways to say the outcome; a variant is one of them.
 */
final class Merge {
  /** How many ways there are to say it. */
  static final int VARIANTS = 5;

  private final List<Clause> before;
  private final List<Clause> asked;
  private final LeadIn lead;
  private final int variant;
  private final Draft draft;

  private Merge(List<Clause> before, List<Clause> asked, LeadIn lead, int variant) {
    this.before = before;
    this.asked = asked;
    this.lead = lead;
    this.variant = variant;
    this.draft = new Draft(before);
  }

  /** The whole question; empty if it is not known how to make one. */
  static Optional<String> of(List<Clause> before, List<Clause> asked, LeadIn lead, int variant) {
    return new Merge(before, asked, lead, variant).whole();
  }

  private Optional<String> whole() {
    if (removed() || lead.has(Tie.REMOVED) && withoutColumns()) {
      return Optional.of(draft.text());
    }
    boolean done = pronouns();
    for (Clause clause : asked) {
      boolean applied =
          switch (clause.kind()) {
            case HEAD -> isRepeated(clause) || new Heads(draft, lead, variant).apply(clause);
            case RANK -> new Orders(before, draft, variant).rank(clause);
            case FILTER -> lead.has(Tie.REMOVED) ? exclusion(clause) : filter(clause);
            case EXCLUSION -> exclusion(clause);
            case NUMBER -> Numbers.put(clause, draft, variant);
            case TIME -> time(clause);
            case GROUP -> group(clause);
            case ORDER -> new Orders(before, draft, variant).order(clause);
            case REST -> false;
          };
      done |= applied;
      if (!applied && clause.kind() == Kind.HEAD) {
        return Optional.empty();
      }
    }
    return done ? Optional.of(draft.text()) : Optional.empty();
  }

  private boolean withoutColumns() {
    return Clauses.find(asked, Kind.HEAD)
        .filter(head -> new ShownColumns(draft).without(head))
        .isPresent();
  }

  /** "how many of them", "list them": of what the question before was about. */
  private boolean pronouns() {
    var columns = new ShownColumns(draft);
    if (lead.has(Tie.COUNTED)) {
      return columns.count();
    }
    return lead.has(Tie.LISTED) && columns.list();
  }

  /** "only cancelled orders" after orders: what it names besides the value is known. */
  private boolean isRepeated(Clause head) {
    boolean names =
        head.items().stream()
            .allMatch(
                item ->
                    Clause.isName(item)
                        || isCue(
                            item, Cue.FILLER, Cue.COMMAND, Cue.BE, Cue.PREP, Cue.WHICH, Cue.REL));
    return names
        && head.hasName()
        && asked.size() > 1
        && before.stream().anyMatch(known -> known.tables().containsAll(head.firstTable()))
        && asked.stream()
            .anyMatch(
                clause ->
                    clause.kind() == Kind.FILTER
                        || clause.kind() == Kind.EXCLUSION
                        || clause.kind() == Kind.NUMBER);
  }

  /** "for all countries", "of all time", "in total": takes clauses away. */
  private boolean removed() {
    String core = lead.lower();
    if (core.matches(
        "(of|for|over|across)? ?(all|any|the whole|the entire) ?(time|times|years|dates|periods?)("
            + " of all time)?|ever|regardless of (the )?(date|time|year|period)|without (the"
            + " )?(date|time|period|year)( filter)?")) {
      draft.remove(part -> part.kind() == Kind.TIME);
      return true;
    }
    if (core.matches(
        "(in total|overall|altogether|in all|without (the )?grouping|not grouped|ungrouped)")) {
      draft.remove(part -> part.kind() == Kind.GROUP || part.kind() == Kind.ORDER);
      return true;
    }
    if (!core.matches(
            "(for|in|of|across|over|from|with)? ?(all|any|every)( the)? .*|regardless of"
                + " .*|(ignore|drop|remove|forget|without|no more) (about )?(the"
                + " )?.*(filter|restriction|condition)?")
        || core.matches("without .*") && !core.matches(".*(filter|restriction|condition)s?")) {
      return false;
    }
    boolean[] any = {false};
    draft.remove(
        part -> {
          boolean conditional = part.kind() == Kind.FILTER || part.kind() == Kind.EXCLUSION;
          boolean named =
              conditional
                  && part.clause().valueColumns().stream()
                      .anyMatch(column -> asked.stream().anyMatch(clause -> names(clause, column)));
          any[0] |= named;
          return named;
        });
    return any[0];
  }

  private static boolean names(Clause clause, ColumnName column) {
    return clause.items().stream()
        .anyMatch(
            item ->
                item instanceof Item.Named named
                    && named.links().stream()
                        .limit(4)
                        .anyMatch(
                            link ->
                                link.target() instanceof Target.OfColumn found
                                    ? column.equals(new ColumnName(found.column()))
                                    : link.target() instanceof Target.OfTable table
                                        && table.table().name().equals(column.table())));
  }

  private boolean filter(Clause clause) {
    Optional<Part> same =
        draft.find(
            part ->
                (part.kind() == Kind.FILTER || part.kind() == Kind.EXCLUSION)
                    && part.clause().isOnSameColumn(clause));
    if (same.isEmpty()) {
      if (variant == 2) {
        draft.addLate(condition(clause), clause);
      } else {
        draft.add(condition(clause), clause);
      }
      return true;
    }
    Part known = same.get();
    boolean adds = (lead.has(Tie.ALSO) || lead.has(Tie.COMPARE)) && known.kind() == Kind.FILTER;
    String values = fromFirstValue(clause);
    if (adds) {
      draft.replace(known, known.text() + " or " + values, known.clause());
    } else if (variant % 2 == 0 && known.kind() == Kind.FILTER) {
      draft.replace(known, beforeFirstValue(known.clause()) + " " + values, clause);
    } else {
      draft.replace(known, condition(clause), clause);
    }
    if (lead.has(Tie.COMPARE) && draft.find(Kind.GROUP).isEmpty()) {
      draft.add("per " + noun(clause), new Clause(Kind.GROUP, clause.items()));
    }
    return true;
  }

  private boolean exclusion(Clause clause) {
    Optional<Part> same =
        draft.find(part -> part.kind() == Kind.FILTER && part.clause().isOnSameColumn(clause));
    same.ifPresent(part -> draft.remove(part::equals));
    String values = fromFirstValue(clause);
    String text =
        switch (variant) {
          case 0 -> "with " + noun(clause) + " not " + values;
          case 1 -> clause.has(Cue.NOT) ? clause.text() : "except " + values;
          case 2 -> "not in " + values;
          default -> "that are not " + values;
        };
    draft.add(text, clause);
    return true;
  }

  private boolean time(Clause clause) {
    Item first = clause.items().get(0);
    String text = clause.text();
    if ((first instanceof Item.Time || Clause.isYear(first))
        && text.matches("(19|20)\\d\\d( .*)?|\\p{Lu}\\p{L}+( \\d{4})?|q[1-4].*|Q[1-4].*")) {
      text = "in " + text;
    }
    Optional<Part> known = draft.find(Kind.TIME);
    if (known.isPresent() && (lead.has(Tie.COMPARE) || lead.has(Tie.ALSO))) {
      String years = years(known.get().text(), text);
      if (!years.isEmpty()) {
        draft.replace(known.get(), years, clause);
        Optional<Part> group = draft.find(Kind.GROUP);
        String others =
            group
                .map(part -> part.text().replaceFirst("(?i)^(per|by|for each|each) ", " and "))
                .orElse("");
        group.ifPresent(part -> draft.remove(part::equals));
        draft.add("per year" + others, new Clause(Kind.GROUP, List.of()));
        return true;
      }
    }
    draft.put(text, clause);
    return true;
  }

  /** Two years as one period; empty if they are not years next to each other. */
  private static String years(String one, String other) {
    String first = one.replaceAll("\\D", "");
    String second = other.replaceAll("\\D", "");
    if (!first.matches("(19|20)\\d\\d") || !second.matches("(19|20)\\d\\d")) {
      return "";
    }
    int low = Math.min(Integer.parseInt(first), Integer.parseInt(second));
    int high = Math.max(Integer.parseInt(first), Integer.parseInt(second));
    return high - low == 1 ? "between " + low + " and " + high : "";
  }

  private boolean group(Clause clause) {
    String names =
        clause.items().stream()
            .filter(item -> !isCue(item, Cue.EACH, Cue.BY))
            .map(Item::text)
            .collect(Collectors.joining(" "));
    Optional<Part> known = draft.find(Kind.GROUP);
    if (known.isPresent() && lead.has(Tie.ALSO)) {
      draft.replace(known.get(), known.get().text() + " and " + names, clause);
      return true;
    }
    draft.put("per " + names, clause);
    // What was ordered by the old groups is not any more.
    draft.remove(
        part -> part.kind() == Kind.ORDER && known.isPresent() && mentions(part, known.get()));
    return true;
  }

  private static boolean mentions(Part order, Part group) {
    return group.clause().items().stream()
        .filter(Clause::isName)
        .anyMatch(
            item ->
                order
                    .text()
                    .toLowerCase(Locale.ROOT)
                    .contains(item.text().toLowerCase(Locale.ROOT)));
  }

  /** A value with words around it that say what it is of. */
  private String condition(Clause clause) {
    boolean bare = Clause.isValue(clause.items().get(0));
    String values = fromFirstValue(clause);
    String own = clause.text();
    String with = "with " + noun(clause) + " " + values;
    return switch (variant) {
      case 0 -> bare ? with : own;
      case 1 -> bare ? "in " + values : with;
      case 2 -> with;
      case 3 -> "from " + values;
      default -> "for " + values;
    };
  }

  /** What the values are of, in words: the nearest of the columns that have them. */
  private String noun(Clause clause) {
    List<ColumnName> columns = List.copyOf(clause.valueColumns());
    Set<TableName> known = new LinkedHashSet<>();
    before.forEach(each -> known.addAll(each.tables()));
    return columns.stream()
        .filter(column -> known.contains(column.table()))
        .findFirst()
        .or(() -> columns.stream().findFirst())
        .map(ColumnName::noun)
        .orElse("");
  }

  private static String beforeFirstValue(Clause clause) {
    return clause.items().stream()
        .takeWhile(item -> !Clause.isValue(item))
        .map(Item::text)
        .collect(Collectors.joining(" "));
  }

  private static String fromFirstValue(Clause clause) {
    return clause.items().stream()
        .dropWhile(item -> !Clause.isValue(item))
        .map(item -> item instanceof Item.Quoted ? "\"" + item.text() + "\"" : item.text())
        .collect(Collectors.joining(" "));
  }
}
