package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a question, or of a part of one, with the reading of each name.
 *
 * @param chosen by position
 * @param lexicon what words of the question's language do
 */
record Words(List<Item> items, Map<Integer, Link> chosen, Lexicon lexicon) {
  Words {
    items = List.copyOf(items);
    chosen = Collections.unmodifiableMap(new TreeMap<>(chosen));
  }

  int size() {
    return items.size();
  }

  /** Those at some positions, in order. */
  Words only(IntPredicate positions) {
    var some = new Collected(lexicon);
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
    var both = new Collected(lexicon);
    IntStream.range(0, size()).forEach(i -> both.add(this, i));
    IntStream.range(0, others.size()).forEach(i -> both.add(others, i));
    return both.words();
  }

  /** These with a phrase that says what a cue says at a position, before what is there. */
  Words insert(int at, Cue cue) {
    return slice(0, at).and(phrase(cue)).and(slice(at, size()));
  }

  /** One phrase of general language, in the same language. */
  Words phrase(Cue cue) {
    return phrase(cue, lexicon.said(cue));
  }

  /** One phrase of general language, said in some words. */
  Words phrase(Cue cue, String text) {
    return item(new Item.Phrase(text, new Lexicon.Entry(cue, List.of(text))));
  }

  /** One item, in the same language. */
  Words item(Item item) {
    return new Words(List.of(item), Map.of(), lexicon);
  }

  /** One name, in the same language. */
  Words item(String text, Link link) {
    return new Words(List.of(new Item.Named(text, List.of(link))), Map.of(0, link), lexicon);
  }

  /** The name at a position read otherwise. */
  Words with(int at, Link link) {
    Map<Integer, Link> changed = new HashMap<>(chosen);
    changed.put(at, link);
    List<Item> named = new ArrayList<>(items);
    if (!(named.get(at) instanceof Item.Named)) {
      named.set(at, new Item.Named(named.get(at).text(), List.of(link)));
    }
    return new Words(named, changed, lexicon);
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

  /** Whether the words at a position, in lower case, are of one of some classes. */
  boolean is(int i, WordClass... any) {
    return lexicon.is(text(i), any);
  }

  /** Whether the words at a position begin with one of a class, or are one. */
  boolean begins(int i, WordClass with) {
    return lexicon.begins(text(i), with);
  }

  /** Whether the words at a position end with one of a class, or are one. */
  boolean ends(int i, WordClass with) {
    return lexicon.ends(text(i), with);
  }

  /** Whether one of the words at a position is of a class. */
  boolean has(int i, WordClass word) {
    return lexicon.has(text(i), word);
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
    private final Lexicon lexicon;

    Collected(Lexicon lexicon) {
      this.lexicon = lexicon;
    }

    void add(Words words, int i) {
      Link link = words.chosen().get(i);
      if (link != null) {
        chosen.put(items.size(), link);
      }
      items.add(words.items().get(i));
    }

    Words words() {
      return new Words(items, chosen, lexicon);
    }
  }
}
