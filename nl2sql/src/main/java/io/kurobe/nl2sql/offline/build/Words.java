package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a question, or of a part of one, with the reading of each name.
 *
 * @param chosen by position
 */
record Words(List<Item> items, Map<Integer, Link> chosen) {
  Words {
    items = List.copyOf(items);
    chosen = Map.copyOf(chosen);
  }

  int size() {
    return items.size();
  }

  /** Those at some positions, in order. */
  Words only(IntPredicate positions) {
    var some = new Collected();
    IntStream.range(0, size()).filter(positions).forEach(i -> some.add(this, i));
    return some.words();
  }

  Words slice(int from, int to) {
    return only(i -> i >= from && i < to);
  }

  Words without(int... positions) {
    return only(i -> Arrays.stream(positions).noneMatch(p -> p == i));
  }

  /** These and others behind. */
  Words and(Words others) {
    var both = new Collected();
    IntStream.range(0, size()).forEach(i -> both.add(this, i));
    IntStream.range(0, others.size()).forEach(i -> both.add(others, i));
    return both.words();
  }

  /** These with a phrase that says what a cue says at a position, before what is there. */
  Words insert(int at, Cue cue, String text) {
    return slice(0, at).and(phrase(cue, text)).and(slice(at, size()));
  }

  /** One phrase of general language. */
  static Words phrase(Cue cue, String text) {
    return new Words(
        List.of(new Item.Phrase(text, new Lexicon.Entry(cue, List.of(text)))), Map.of());
  }

  /** The name at a position read otherwise. */
  Words with(int at, Link link) {
    Map<Integer, Link> changed = new HashMap<>(chosen);
    changed.put(at, link);
    List<Item> named = new ArrayList<>(items);
    if (!(named.get(at) instanceof Item.Named)) {
      named.set(at, new Item.Named(named.get(at).text(), List.of(link)));
    }
    return new Words(named, changed);
  }

  /** The word at a position as one that nothing more is to come of. */
  Words understood(int at) {
    return slice(0, at).and(phrase(Cue.FILLER, items.get(at).text())).and(slice(at + 1, size()));
  }

  boolean is(int i, Cue... cues) {
    return i >= 0
        && i < size()
        && items.get(i) instanceof Item.Phrase phrase
        && Arrays.asList(cues).contains(phrase.cue());
  }

  /** The first position from one on that is a cue; -1 if there is none. */
  int find(int from, Cue... cues) {
    return IntStream.range(Math.max(0, from), size())
        .filter(i -> is(i, cues))
        .findFirst()
        .orElse(-1);
  }

  /** The first position from one on that is no filler. */
  int past(int from, Cue... others) {
    int i = from;
    while (is(i, Cue.FILLER) || is(i, others)) {
      i++;
    }
    return i;
  }

  String text(int i) {
    return i >= 0 && i < size() ? items.get(i).text().toLowerCase(Locale.ROOT) : "";
  }

  String payload(int i) {
    return i >= 0 && i < size() && items.get(i) instanceof Item.Phrase phrase
        ? phrase.entry().payload(0)
        : "";
  }

  @Nullable SchemaTable table(int i) {
    Link link = chosen.get(i);
    return link != null && link.target() instanceof Target.OfTable table ? table.table() : null;
  }

  @Nullable SchemaColumn column(int i) {
    Link link = chosen.get(i);
    return link != null && link.target() instanceof Target.OfColumn column ? column.column() : null;
  }

  boolean named(int i) {
    return chosen.containsKey(i);
  }

  private static final class Collected {
    private final List<Item> items = new ArrayList<>();
    private final Map<Integer, Link> chosen = new HashMap<>();

    void add(Words words, int i) {
      Link link = words.chosen().get(i);
      if (link != null) {
        chosen.put(items.size(), link);
      }
      items.add(words.items().get(i));
    }

    Words words() {
      return new Words(items, chosen);
    }
  }
}
