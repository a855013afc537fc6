package io.kurobe.nl2sql.conversation;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.offline.build.Resolver;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the word of a question that may mean several things, and what the question then says. Two
 * meanings are so only if they are equally likely beside the question's other words, if the whole
 * question is read well in both, and if the answers differ. Threads share it.
 */
public final class Clarification {
  private static final int MOST_CHOICES = 5;

  /** Of more tables a word fits too many to ask, and reading takes long. */
  private static final int MOST_TABLES = 1_000;

  /** Below this a reading is none that one would choose. */
  private static final double LIKELY = 0.5;

  /** By how much a meaning may be less likely than the best and still be like it. */
  private static final double LIKE = 0.01;

  /** What a reading with one word read otherwise is less than the best, besides that word. */
  private static final double OTHERWISE = 0.05;

  /** Tables that a column may be of. */
  private static final int MOST_OWNERS = 3;

  /** Names of columns that "from" or "to" is said of. */
  private static final Pattern DIRECTED =
      Pattern.compile("(?i)orig|source|dest|depart|arriv|start|begin|end|target|from|(^|_)to(_|$)");

  /** A word that is the whole name. */
  private static final double WHOLE = 0.9;

  /** Words that most tables have a column for: the question's other words say of what. */
  private static final Pattern GENERAL =
      Pattern.compile(
          "(?i)(full |first |last )?(names?|ids?|identifiers?|titles?|codes?|numbers?|types?|kinds?"
              + "|details?|descriptions?|dates?|times?|years?|status(es)?)");

  private final Reader reader;
  private final Answers answers;

  /**
   * Makes it.
   *
   * @param answers tells whether meanings come to the same
   */
  public Clarification(Reader reader, Answers answers) {
    this.reader = requireNonNull(reader, "reader is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  /**
   * The question back; empty if there is nothing to ask.
   *
   * @param evenIfSame whether to ask back although all meanings give the same rows
   */
  public Optional<KurobeException> of(
      Question question, boolean evenIfSame, QuestionSupport support) {
    if (isLarge(support)) {
      return Optional.empty();
    }
    List<Item> items = reader.spans(question, support);
    for (Map.Entry<Integer, Set<Link>> open : open(items).entrySet()) {
      Item.Named named = (Item.Named) items.get(open.getKey());
      if (isTold(named, open.getValue(), question.text())) {
        continue;
      }
      Map<String, String> bySql = new LinkedHashMap<>();
      for (Link link : open.getValue()) {
        var meaning = new Meaning(named.text(), link.target());
        for (String way : meaning.in(question.text())) {
          Optional<Reader.Reading> reading =
              reader
                  .reading(with(question, way), support)
                  .filter(each -> each.confidence() >= LIKELY && meaning.isIn(each.sql()));
          if (reading.isPresent()) {
            bySql.putIfAbsent(reading.get().sql(), way);
            break;
          }
        }
      }
      if (bySql.size() > 1 && (evenIfSame || differ(bySql.keySet(), support))) {
        List<String> ways = new ArrayList<>(bySql.values());
        return Optional.of(
            Choices.ask(named.text(), ways.subList(0, Math.min(MOST_CHOICES, ways.size()))));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the word itself tells: "product name" is that of products, and "from" and "to" tell an
   * origin from a destination. What most tables have is not asked for either.
   */
  private static boolean isTold(Item.Named named, Set<Link> links, String question) {
    boolean owned =
        links.stream()
            .map(Link::target)
            .anyMatch(
                target ->
                    target instanceof Target.OfColumn of
                        && of.column().words().containsAll(of.table().words()));
    boolean many =
        links.stream().map(link -> link.target().table()).distinct().count() > MOST_OWNERS;
    boolean directed =
        Pattern.compile("(?i)\\b(from|to|into|towards) (the )?" + Pattern.quote(named.text()))
                .matcher(question)
                .find()
            && links.stream()
                .map(Link::target)
                .anyMatch(
                    target ->
                        target instanceof Target.OfValue of
                            && DIRECTED.matcher(of.column().name()).find());
    return owned || many || directed;
  }

  private static boolean isLarge(QuestionSupport support) {
    return support.catalog().sources().stream()
            .flatMap(source -> source.metadata().schemas().stream())
            .mapToInt(schema -> schema.tables().size())
            .sum()
        > MOST_TABLES;
  }

  /** The names that may mean several things equally likely, by their places. */
  private static Map<Integer, Set<Link>> open(List<Item> items) {
    Map<Integer, Set<Link>> open = new TreeMap<>();
    if (items.stream().noneMatch(Item.Named.class::isInstance)) {
      return open;
    }
    List<Resolver.Reading> readings = Resolver.readings(items);
    Resolver.Reading best = readings.get(0);
    for (Resolver.Reading other : readings.subList(1, readings.size())) {
      if (best.score() - other.score() > OTHERWISE + LIKE) {
        continue;
      }
      other
          .chosen()
          .forEach(
              (place, link) -> {
                Link first = best.chosen().get(place);
                if (first != null
                    && !link.equals(first)
                    && link.score() >= first.score()
                    && isAlike(first, link)
                    && isOpen(items, place, link)) {
                  open.computeIfAbsent(place, key -> new LinkedHashSet<>(List.of(first))).add(link);
                }
              });
    }
    if (!namesTable(items)) {
      // What is not said of a table is as well of one as of another.
      for (int place = 0; place < items.size(); place++) {
        if (items.get(place) instanceof Item.Named named
            && named.target() instanceof Target.OfColumn) {
          Link first = named.links().get(0);
          for (Link link : named.links()) {
            if (link.score() >= first.score()
                && isAlike(first, link)
                && isOpen(items, place, link)) {
              open.computeIfAbsent(place, key -> new LinkedHashSet<>()).add(link);
            }
          }
        }
      }
    }
    open.values().removeIf(links -> links.size() < 2);
    return open;
  }

  private static boolean namesTable(List<Item> items) {
    return items.stream()
        .anyMatch(
            item ->
                item instanceof Item.Named named
                    && named.target() instanceof Target.OfTable
                    && named.score() >= LIKELY);
  }

  private static boolean isAlike(Link one, Link other) {
    return one.target().getClass() == other.target().getClass()
        && (one.target() instanceof Target.OfValue
            || one.score() >= WHOLE && other.score() >= WHOLE);
  }

  /** Whether neither the word nor another of the question tells which is meant. */
  private static boolean isOpen(List<Item> items, int place, Link link) {
    if (link.target() instanceof Target.OfValue) {
      return true;
    }
    if (GENERAL.matcher(items.get(place).text()).matches()) {
      return false;
    }
    return items.stream()
        .filter(Item.Named.class::isInstance)
        .flatMap(item -> ((Item.Named) item).links().stream())
        .noneMatch(
            other ->
                link.target() instanceof Target.OfColumn column
                    && other.target() instanceof Target.OfTable table
                    && table.table() == column.table()
                    && other.score() >= LIKELY);
  }

  /**
   * Whether queries come to different rows. One that finds nothing, beside one that finds
   * something, is not what was meant.
   */
  private boolean differ(Set<String> queries, QuestionSupport support) {
    Set<List<String>> found = new HashSet<>();
    int unknown = 0;
    for (String sql : queries) {
      try {
        Optional<List<List<@Nullable Object>>> rows = answers.of(sql, support);
        if (rows.isEmpty()) {
          unknown++;
        } else if (!isNothing(rows.get())) {
          found.add(rows.get().stream().map(Clarification::text).sorted().toList());
        }
      } catch (KurobeException e) {
        if (e.code() == ErrorCode.CANCELLED) {
          throw e;
        }
        // What cannot be run is not what was meant.
      }
    }
    return found.size() + unknown > 1;
  }

  private static boolean isNothing(List<List<@Nullable Object>> rows) {
    return rows.isEmpty()
        || rows.size() == 1
            && rows.get(0).stream()
                .allMatch(
                    cell ->
                        cell == null
                            || cell instanceof Number number
                                && new BigDecimal(number.toString()).signum() == 0);
  }

  private static String text(List<@Nullable Object> row) {
    return row.toString();
  }

  private static Question with(Question question, String text) {
    return new Question(text, question.scope(), question.generators(), question.options());
  }
}
