package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chooses, for every name in a question, which of its readings fits its neighbours. */
public final class Resolver {
  private static final int MOST_READINGS = 7;
  private static final double CLOSE = 0.45;

  /**
   * One choice of readings.
   *
   * @param chosen the reading of each named item, by position
   * @param score how good the choice is
   */
  public record Reading(Map<Integer, Link> chosen, double score) {
    /** The score of the name that fits least. */
    public double weakest() {
      return chosen.values().stream().mapToDouble(Link::score).min().orElse(0);
    }

    public Reading {
      chosen = Collections.unmodifiableMap(new TreeMap<>(chosen));
    }

    /** The same where no better choice comes to a query: as good as its own names fit. */
    public Reading alone() {
      return new Reading(
          chosen,
          Math.max(score, chosen.values().stream().mapToDouble(Resolver::fit).average().orElse(0)));
    }
  }

  private Resolver() {}

  /** The likeliest readings, the best first: the best one, and it with one name read otherwise. */
  public static List<Reading> readings(List<Item> items) {
    Set<SchemaTable> mentioned = mentioned(items);
    Map<Integer, Link> best = new HashMap<>();
    double total = 0;
    record Other(int at, Link link, double loss) {}
    List<Other> others = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Item.Named named)) {
        continue;
      }
      Link top = named.links().get(0);
      double topScore = Double.NEGATIVE_INFINITY;
      List<Link> links = named.links();
      double[] scores = new double[links.size()];
      for (int k = 0; k < links.size(); k++) {
        scores[k] = score(items, i, links.get(k), mentioned);
        if (scores[k] > topScore) {
          topScore = scores[k];
          top = links.get(k);
        }
      }
      for (int k = 0; k < links.size(); k++) {
        if (links.get(k) != top && topScore - scores[k] < CLOSE) {
          others.add(new Other(i, links.get(k), topScore - scores[k]));
        }
      }
      best.put(i, top);
      total += fit(top);
    }
    double mean = best.isEmpty() ? 0 : total / best.size();
    List<Reading> readings = new ArrayList<>(List.of(new Reading(best, mean)));
    others.sort((a, b) -> Double.compare(a.loss(), b.loss()));
    for (Other other : others) {
      if (readings.size() == MOST_READINGS) {
        break;
      }
      Map<Integer, Link> changed = new HashMap<>(best);
      changed.put(other.at(), other.link());
      readings.add(new Reading(changed, mean - 0.05 - other.loss()));
    }
    return readings;
  }

  private static double fit(Link link) {
    return link.score() < 0.7 ? link.score() * 0.8 : link.score();
  }

  private static Set<SchemaTable> mentioned(List<Item> items) {
    Set<SchemaTable> mentioned = new LinkedHashSet<>();
    for (Item item : items) {
      if (item instanceof Item.Named named
          && named.target() instanceof Target.OfTable table
          && named.score() >= 0.6) {
        mentioned.add(table.table());
      }
    }
    if (mentioned.isEmpty()) {
      for (Item item : items) {
        if (item instanceof Item.Named named && named.score() >= 0.9) {
          mentioned.add(named.target().table());
        }
      }
    }
    return mentioned;
  }

  private static double score(List<Item> items, int at, Link link, Set<SchemaTable> mentioned) {
    double score = link.score();
    SchemaTable table = link.target().table();
    if (link.target() instanceof Target.OfTable) {
      return score + 0.22;
    }
    if (mentioned.contains(table)) {
      score += 0.15;
    } else if (table.joins().stream().anyMatch(join -> mentioned.contains(join.to()))) {
      score += 0.06;
    } else if (!mentioned.isEmpty()) {
      score -= 0.15;
    }
    boolean value = link.target() instanceof Target.OfValue;
    if (value && (fullName(items, at + 1, link) || fullName(items, at - 1, link))) {
      score += 0.3;
    }
    if (!value) {
      SchemaTable owner = before(items, at);
      if (owner == null || !general(items.get(at))) {
        SchemaTable of = owner(items, at);
        owner = of == null ? owner : of;
      }
      if (owner != null && owner == table) {
        score += 0.35;
      } else if (owner != null && general(items.get(at))) {
        score -= 0.3;
      } else if (owner == null && general(items.get(at))) {
        SchemaTable beside = beside(items, at);
        if (table == (beside == null ? first(items) : beside)) {
          score += 0.3;
        }
      }
      if (link.target() instanceof Target.OfColumn column
          && column.column().words().size() > table.words().size()
          && column.column().words().containsAll(table.words())
          && table.words().stream()
              .allMatch(items.get(at).text().toLowerCase(Locale.ROOT)::contains)) {
        // "customer id" is that of customers.
        score += 0.08;
      }
      if (link.target() instanceof Target.OfColumn column && verb(items, at, column.column())) {
        score += 0.25;
      }
    }
    for (int distance = 1; distance <= 4; distance++) {
      score += neighbour(items, at + distance, link, value, 0.16 / distance);
      score += neighbour(items, at - distance, link, value, 0.1 / distance);
    }
    return score;
  }

  /** Whether a value and the one beside it are first and last name of one row. */
  private static boolean fullName(List<Item> items, int beside, Link link) {
    SchemaColumn column = ((Target.OfValue) link.target()).column();
    List<SchemaColumn> label = column.table().label();
    return label.size() == 2
        && label.contains(column)
        && beside >= 0
        && beside < items.size()
        && items.get(beside) instanceof Item.Named named
        && named.links().stream()
            .anyMatch(
                other ->
                    other.target() instanceof Target.OfValue of
                        && of.column() != column
                        && label.contains(of.column()));
  }

  /** A word that every table may have a column for. */
  private static boolean general(Item item) {
    return item instanceof Item.Named named
        && named
            .target()
            .table()
            .lexicon()
            .is(item.text().toLowerCase(Locale.ROOT), WordClass.GENERAL_NAME);
  }

  /** The table that the question names first. */
  private static @Nullable SchemaTable first(List<Item> items) {
    for (Item item : items) {
      if (item instanceof Item.Named named && !general(item)) {
        return named.links().stream()
            .filter(
                link ->
                    link.target() instanceof Target.OfTable && link.score() >= 0.45
                        || link.target() instanceof Target.OfColumn column
                            && link.score() >= 0.9
                            && column.column().words().size() > link.target().table().words().size()
                            && column.column().words().containsAll(link.target().table().words()))
            .map(link -> link.target().table())
            .findFirst()
            .orElse(null);
      }
    }
    return null;
  }

  /** The table of the name before on a list: "the club id, name and …". */
  private static @Nullable SchemaTable beside(List<Item> items, int at) {
    int k = at - 1;
    while (k > 0 && items.get(k) instanceof Item.Phrase phrase && phrase.cue() == Cue.FILLER) {
      k--;
    }
    boolean listed =
        k > 0
            && items.get(k) instanceof Item.Phrase phrase
            && (phrase.cue() == Cue.COMMA || phrase.cue() == Cue.AND);
    return listed
            && items.get(k - 1) instanceof Item.Named named
            && !general(named)
            && named.score() >= 0.9
            && named.target() instanceof Target.OfColumn column
            && column.column().table().words().stream()
                .allMatch(named.text().toLowerCase(Locale.ROOT)::contains)
        ? column.table()
        : null;
  }

  /** The table right before a name: "institution names". */
  private static @Nullable SchemaTable before(List<Item> items, int at) {
    return at > 0
            && items.get(at - 1) instanceof Item.Named named
            && named.target() instanceof Target.OfTable table
            && named.score() >= 0.9
        ? table.table()
        : null;
  }

  /** Whether a verb before a name has a word of a column: "billed from each state". */
  private static boolean verb(List<Item> items, int at, SchemaColumn column) {
    for (int i = at - 1; i >= 0 && i >= at - 3; i--) {
      Item item = items.get(i);
      boolean word =
          item instanceof Item.Unknown
              || item instanceof Item.Phrase phrase && phrase.cue() == Cue.FILLER;
      String text = item.text().toLowerCase(Locale.ROOT);
      if (word && column.table().lexicon().is(text, WordClass.DOING)) {
        return column.words().stream().anyMatch(w -> Guesses.sameRoot(text, w));
      }
      if (item instanceof Item.Named) {
        return false;
      }
    }
    return false;
  }

  /** The table after "of" that a list of columns belongs to: "the name and age of the student". */
  private static @Nullable SchemaTable owner(List<Item> items, int at) {
    boolean of = false;
    boolean counted = false;
    SchemaTable ofValue = null;
    for (int i = at + 1; i < items.size() && i <= at + 10; i++) {
      Item item = items.get(i);
      if (item instanceof Item.Phrase phrase) {
        switch (phrase.cue()) {
          case PREP -> {
            if (ofValue != null || !phrase.entry().payload(0).equals("for")) {
              return ofValue;
            }
            of = true;
          }
          case EACH -> of = true;
          case COUNT -> counted = true;
          case AND,
              COMMA,
              FILLER,
              PRONOUN,
              DISTINCT,
              ALSO,
              SUM,
              AVG,
              MIN,
              MAX,
              BOTH,
              MOST,
              LEAST,
              TOP,
              EXTREME,
              COMMON -> {}
          default -> {
            return ofValue;
          }
        }
      } else if (item instanceof Item.Named named) {
        if (counted && !of) {
          counted = false;
        } else if (of || i == at + 1) {
          for (Link link : named.links()) {
            if (link.target() instanceof Target.OfTable table
                && (link.score() >= 0.6 || link == named.links().get(0))) {
              return table.table();
            }
          }
          if (of && ofValue == null && named.target() instanceof Target.OfValue value) {
            // "the names of the store managers": whoever that is said of
            ofValue = value.table();
          } else if (of) {
            return ofValue;
          }
        } else if (!listed(items, i)) {
          return null;
        }
      } else if (!(item instanceof Item.Number)) {
        return ofValue;
      }
    }
    return ofValue;
  }

  /** Whether a name goes on a list: "the name and age", "the name, the age". */
  private static boolean listed(List<Item> items, int i) {
    for (int k = i - 1; k >= 0 && k >= i - 3; k--) {
      if (items.get(k) instanceof Item.Phrase phrase) {
        if (phrase.cue() == Cue.AND || phrase.cue() == Cue.COMMA) {
          return true;
        }
        if (phrase.cue() == Cue.FILLER) {
          continue;
        }
      }
      return false;
    }
    return false;
  }

  private static double neighbour(
      List<Item> items, int at, Link link, boolean value, double weight) {
    if (at < 0 || at >= items.size() || !(items.get(at) instanceof Item.Named named)) {
      return 0;
    }
    for (Link other : named.links()) {
      if (link.target() instanceof Target.OfColumn column
          && other.target() instanceof Target.OfValue of
          && column.column() == of.column()) {
        return 0.3 * other.score();
      }
      if (value
          && other.target() instanceof Target.OfColumn column
          && link.target() instanceof Target.OfValue of
          && column.column() == of.column()) {
        return 0.3 * other.score();
      }
      if (other.score() < 0.9) {
        break;
      }
      if (other.target() instanceof Target.OfTable table
          && table.table() == link.target().table()) {
        return weight;
      }
    }
    return 0;
  }
}
