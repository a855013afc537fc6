package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.build.Expression.Function;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.NameClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Settles, once all spans are read, what was left open: what a question does not say outright. */
final class Completion {
  private final Progress p;
  private int exceptFrom = -1;

  Completion(Progress progress) {
    this.p = progress;
  }

  void complete() {
    boolean plain = p.draft.order.isEmpty() && p.superlative == null && !p.functionsPending();
    if (p.objectAsked && plain && p.draft.outputs.isEmpty()) {
      // "who won each race", "what did each cost": of that nothing is said.
      p.ignored.add(p.items.get(0).text());
    }
    laterSentence();
    if (p.commonPending) {
      p.superlative = p.commonMost;
      SchemaTable counted = p.draft.entity;
      List<Expression> keys = p.draft.outputs.stream().filter(e -> !e.aggregate()).toList();
      if (!keys.isEmpty()) {
        counted = keys.get(0).table();
      }
      if (counted != null) {
        boolean also = p.counting;
        p.order(new Expression.Count(counted));
        p.counting = also;
      }
    }
    if (p.superlative != null) {
      leftoverSuperlative();
    }
    if (p.counting && p.draft.entity != null) {
      if (p.zone == Progress.Zone.ORDER) {
        Expression by =
            p.draft.outputs.stream()
                .filter(Expression::aggregate)
                .findFirst()
                .orElse(new Expression.Count(p.draft.entity));
        p.draft.order.add(new Intent.Order(by, p.descending));
      } else {
        p.draft.output(new Expression.Count(p.draft.entity));
      }
    }
    if (!p.wanted.isEmpty() && p.draft.outputs.isEmpty()) {
      SchemaColumn column =
          p.wanted.equals("when")
              ? p.guesses.timeColumn()
              : p.guesses.attribute(p.lexicon().words(NameClass.PLACE));
      if (column != null) {
        p.draft.output(new Expression.Column(column));
      } else {
        p.ignored.add(p.wanted);
      }
    }
    if (p.comparison != null && p.functions.size() == 1 && p.subject != null) {
      // "salary above the average": of what was named last
      new Constants(p).against(p.subject);
    }
    if (p.negated && !neverDone()) {
      p.ignored.add("not");
    }
    if (p.exceptFrom >= 0 && p.exceptFrom <= p.draft.where.size()) {
      exceptFrom = p.exceptFrom;
    }
    countOthers();
    moveIntoAbsence();
    if (!p.functions.isEmpty() && p.draft.outputs.isEmpty()) {
      SchemaColumn measure = p.guesses.defaultMeasure();
      if (measure != null && (!p.howMuch || Guesses.money(measure))) {
        p.functions.forEach(function -> p.draft.output(Progress.aggregate(function, measure)));
      } else {
        p.ignored.add(p.functions.get(0).name().toLowerCase(Locale.ROOT));
      }
    }
    if (p.split != null
        && p.draft.aggregates()
        && p.draft.order.isEmpty()
        && p.draft.outputs.stream().allMatch(Expression::aggregate)) {
      // "the number of male and female students": of each of the two
      p.draft.groups.add(new Expression.Column(p.split));
    }
    if (p.functions.isEmpty() || !p.draft.outputs.isEmpty()) {
      summariseGroups();
    }
    if (!p.draft.groups.isEmpty()) {
      List<Expression> shown = new ArrayList<>(p.draft.outputs);
      p.draft.outputs.clear();
      for (Expression group : p.draft.groups) {
        boolean identifies =
            group instanceof Expression.Column c
                && (c.table().key().contains(c.column()) || p.groupedByTable.contains(c.table()));
        boolean named = shown.stream().anyMatch(e -> !e.aggregate() && e.table() == group.table());
        if (!shown.contains(group) && !(identifies && named)) {
          p.draft.output(group);
        }
      }
      shown.forEach(p.draft::output);
    }
    if (p.draft.outputs.isEmpty() && p.draft.entity != null) {
      SchemaTable entity = p.draft.entity;
      List<SchemaColumn> label = p.everything ? List.of() : entity.label();
      if (!label.isEmpty()) {
        label.forEach(column -> p.draft.output(new Expression.Column(column)));
      } else {
        entity.columns().forEach(column -> p.draft.output(new Expression.Column(column)));
      }
    }
    if (p.labelOrder && p.draft.order.isEmpty() && !p.draft.outputs.isEmpty()) {
      Expression first =
          p.draft.outputs.stream()
              .filter(e -> !e.aggregate())
              .findFirst()
              .orElse(p.draft.outputs.get(0));
      p.draft.order.add(new Intent.Order(first, p.descending));
    }
    if (p.zone == Progress.Zone.ORDER
        && p.directed
        && p.draft.order.isEmpty()
        && !p.draft.outputs.isEmpty()) {
      // "the number of returns by reason, highest first"
      Expression by =
          p.draft.groups.isEmpty() && !p.draft.aggregates()
              ? p.draft.outputs.get(0)
              : p.draft.outputs.stream()
                  .filter(Expression::aggregate)
                  .findFirst()
                  .orElse(p.draft.outputs.get(0));
      p.draft.order.add(new Intent.Order(by, p.descending));
    }
    if (p.comparison != null || p.pendingNumber != null) {
      p.ignored.add(p.comparison == null ? "the number" : p.comparison);
    }
    if (p.like != null) {
      p.ignored.add(p.like);
    }
    if (p.timeRelation != null) {
      p.ignored.add(p.timeRelation);
    }
    if (p.draft.entity != null
        && p.draft.outputs.stream().anyMatch(e -> e.table() == p.draft.entity)) {
      p.draft.mentioned.remove(p.draft.entity);
    }
    if (exceptFrom >= 0) {
      Combinations.except(p.draft, exceptFrom, p.without);
    }
    if (p.never) {
      Combinations.never(p.draft);
    }
    Combinations.intersect(p.draft, p.together);
    Kinds.once(p);
  }

  /** "the most common genre in all tracks": a row is not counted by itself but by what it has. */
  private void countOthers() {
    for (int k = 0; k < p.draft.order.size(); k++) {
      Intent.Order order = p.draft.order.get(k);
      if (order.by() instanceof Expression.Count count) {
        SchemaTable other = counted(count.table());
        if (other != null) {
          p.draft.order.set(k, new Intent.Order(new Expression.Count(other), order.descending()));
        }
      }
    }
    for (int k = 0; k < p.draft.having.size(); k++) {
      Intent.Having having = p.draft.having.get(k);
      if (having.aggregate() instanceof Expression.Count count) {
        SchemaTable other = counted(count.table());
        if (other != null) {
          p.draft.having.set(
              k, new Intent.Having(new Expression.Count(other), having.operator(), having.value()));
        }
      }
    }
  }

  /**
   * "Services that have never been used": there is no row of the only table that refers to them.
   */
  private boolean neverDone() {
    SchemaTable entity = p.draft.entity;
    int last = p.items.size() - 1;
    while (p.isCue(last, Cue.END)) {
      last--;
    }
    boolean verb = last > 0 && p.isCue(last, Cue.FILLER) && p.items.get(last).text().length() > 3;
    if (entity == null || !verb || !p.draft.where.isEmpty() || !p.draft.mentioned.isEmpty()) {
      return false;
    }
    List<SchemaTable> many = many(entity);
    if (many.size() != 1) {
      return false;
    }
    p.draft.where.add(List.of(new Condition.Exists(many.get(0), true, List.of())));
    return true;
  }

  /** The tables of which several rows may refer to one of a table. */
  private static List<SchemaTable> many(SchemaTable table) {
    return table.joins().stream()
        .filter(join -> !join.toOne())
        .map(Join::to)
        .filter(to -> to != table)
        .distinct()
        .toList();
  }

  private boolean shown(List<SchemaColumn> columns) {
    return !columns.isEmpty()
        && columns.stream()
            .allMatch(column -> p.draft.outputs.contains(new Expression.Column(column)));
  }

  /** Whether a column is what its rows are called, not what something of them is called. */
  private static boolean named(SchemaColumn column) {
    List<String> words = column.words();
    return (column.ends(NameClass.NAME) || column.ends(NameClass.TITLE))
        && (words.size() == 1
            || column.table().words().containsAll(words.subList(0, words.size() - 1))
            || column.table().label().size() > 1);
  }

  private @Nullable SchemaTable counted(SchemaTable table) {
    boolean single =
        p.draft.groups.isEmpty()
            && (shown(table.key()) || shown(table.label()) && named(table.label().get(0)));
    boolean shownOnly =
        p.draft.outputs.isEmpty()
            && p.draft.groups.isEmpty()
            && table == p.draft.entity
            && !table.label().isEmpty()
            && named(table.label().get(0));
    if (!single && !shownOnly) {
      return null;
    }
    SchemaTable found = null;
    for (SchemaTable mentioned : p.draft.mentioned) {
      if (mentioned != table && p.guesses.toMany(table, mentioned)) {
        found = mentioned;
      }
    }
    if (found != null) {
      return found;
    }
    List<SchemaTable> many = many(table);
    return many.size() == 1 ? many.get(0) : null;
  }

  /** "Which films are long? Show the titles": only what is asked for last is shown. */
  private void laterSentence() {
    int before = p.shownBefore;
    if (before > 0 && (p.draft.outputs.size() > before || !p.draft.repeated.isEmpty())) {
      List<Expression> first = p.draft.outputs.subList(0, before);
      if (first.stream().noneMatch(Expression::aggregate)) {
        first.removeIf(output -> !p.draft.repeated.contains(output));
      }
    }
  }

  /** "no orders in 2024": what is said of absent rows restricts those rows. */
  void moveIntoAbsence() {
    for (int k = 0; k < p.draft.where.size(); k++) {
      if (!(p.draft.where.get(k).get(0) instanceof Condition.Exists exists) || !exists.negated()) {
        continue;
      }
      List<Condition> inner = new ArrayList<>(exists.inner());
      for (int j = p.draft.where.size() - 1; j > k; j--) {
        List<Condition> group = p.draft.where.get(j);
        SchemaTable table = group.get(0).table();
        boolean shown = p.draft.outputs.stream().anyMatch(e -> e.table() == table);
        if (group.size() == 1
            && table != p.draft.entity
            && !shown
            && !(group.get(0) instanceof Condition.Exists)) {
          inner.add(0, group.get(0));
          p.draft.where.remove(j);
        }
      }
      p.draft.where.set(k, List.of(new Condition.Exists(exists.table(), true, inner)));
    }
  }

  /** "revenue per region" adds up, "orders per month" counts. */
  void summariseGroups() {
    if (p.draft.groups.isEmpty() || p.draft.aggregates() || p.draft.entity == null) {
      return;
    }
    boolean ordersByAggregate = p.draft.order.stream().anyMatch(o -> o.by().aggregate());
    if (p.draft.outputs.isEmpty() && !ordersByAggregate && p.draft.order.isEmpty()) {
      boolean entityGrouped =
          p.draft.groups.stream()
              .allMatch(g -> g.table() == p.draft.entity && !(g instanceof Expression.Bucket));
      if (!entityGrouped || p.groupedByTable.isEmpty()) {
        p.draft.output(new Expression.Count(p.draft.entity));
      }
      return;
    }
    List<Expression> measures =
        p.draft.outputs.stream()
            .filter(e -> e instanceof Expression.Column c && c.column().measure())
            .filter(
                e ->
                    p.draft.groups.stream()
                        .noneMatch(
                            g -> g.table() == e.table() && p.groupedByTable.contains(g.table())))
            .toList();
    if (!measures.isEmpty() && measures.size() == p.draft.outputs.size()) {
      p.draft.outputs.clear();
      for (Expression measure : measures) {
        p.draft.output(Progress.aggregate(Function.SUM, ((Expression.Column) measure).column()));
      }
    } else if (!p.draft.order.isEmpty() && !ordersByAggregate && p.groupedByTable.isEmpty()) {
      p.ignored.add("each");
    } else if (!ordersByAggregate) {
      showRoles();
      p.draft.groups.clear();
    }
  }

  /** "Each teacher with the name of the mentor": who is meant twice is shown twice. */
  private void showRoles() {
    boolean role =
        p.draft.outputs.stream()
            .anyMatch(
                output ->
                    output.table().reached() != null
                        && output.table().reached().from() == p.draft.entity);
    if (role && p.draft.groups.stream().allMatch(group -> group.table() == p.draft.entity)) {
      p.draft.groups.removeAll(p.draft.outputs);
      p.draft.outputs.addAll(0, p.draft.groups);
    }
  }

  /** "which product sold the most", "top 5 customers by total spend". */
  void leftoverSuperlative() {
    List<Expression> aggregates = p.draft.outputs.stream().filter(Expression::aggregate).toList();
    if (!aggregates.isEmpty()) {
      p.order(aggregates.get(0));
    } else if (p.top != null && p.attributes.isEmpty()) {
      p.draft.limit = p.top;
    } else {
      SchemaTable counted = p.lastMentioned();
      SchemaColumn quantity = p.guesses.quantity();
      if (counted == p.draft.entity && quantity != null) {
        p.order(Progress.aggregate(Function.SUM, quantity));
      } else if (counted != p.draft.entity
          || p.counting && Combinations.shared(p.draft) && p.draft.groups.isEmpty()) {
        p.order(new Expression.Count(counted));
      } else {
        p.ignored.add(Boolean.TRUE.equals(p.superlative) ? "most" : "least");
      }
    }
  }
}
