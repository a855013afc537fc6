package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * "First" and "last" beside a verb whose time is stored: "who was hired first" is whoever has the
 * earliest time of it.
 */
final class FirstAndLast {
  private FirstAndLast() {}

  /** The same words, with superlatives of times where they are said so. */
  static Words read(Words words) {
    Words read = words;
    for (int i = 1; i < read.size(); i++) {
      if (read.is(i, WordClass.FIRST, WordClass.LAST)
          && !(i + 1 < read.size() && read.items().get(i + 1) instanceof Item.Number)) {
        SchemaColumn time = time(read, i - 1);
        if (time != null) {
          read = ranked(read, i, time);
        }
      }
    }
    return read;
  }

  private static Words ranked(Words words, int at, SchemaColumn time) {
    boolean first = words.is(at, WordClass.FIRST);
    var extreme =
        new Item.Phrase(
            words.text(at),
            new Lexicon.Entry(
                Cue.EXTREME,
                List.of(first ? "asc" : "desc", words.lexicon().words(NameClass.DATE).get(0))));
    Words ranked =
        words
            .slice(0, at - 1)
            .and(words.phrase(Cue.FILLER, words.text(at - 1)))
            .and(words.item(extreme))
            .and(words.slice(at + 1, words.size()));
    SchemaTable entity = time.table();
    boolean who = words.is(0, WordClass.WHO);
    boolean named = false;
    for (int i = 0; i < at; i++) {
      named |= words.table(i) == entity;
    }
    if (who && !named) {
      var link = new Link(new Target.OfTable(entity), 1.0);
      Words whom = words.item(entity.name().table(), link);
      return own(words.phrase(Cue.WHICH).and(whom).and(ranked.slice(1, ranked.size())), entity);
    }
    return ranked;
  }

  /** What is named is that of whom the question is about, where they have it as well. */
  private static Words own(Words words, SchemaTable entity) {
    Words read = words;
    for (int i = 0; i < words.size(); i++) {
      SchemaColumn column = words.column(i);
      if (column != null
          && column.table() != entity
          && words.items().get(i) instanceof Item.Named named) {
        double score = java.util.Objects.requireNonNull(words.chosen().get(i)).score();
        for (Link link : named.links()) {
          boolean same =
              link.target() instanceof Target.OfColumn other
                  && other.column().table() == entity
                  && link.score() >= score;
          if (same) {
            read = read.with(i, link);
            break;
          }
        }
      }
    }
    return read;
  }

  /** The time that a verb says: of a name, or of a table that was named before it. */
  private static @Nullable SchemaColumn time(Words words, int verb) {
    String text = words.text(verb);
    if (!words.is(verb, WordClass.DONE_FIRST)) {
      return null;
    }
    SchemaColumn column = words.column(verb);
    if (column != null) {
      return column.nature() == SchemaColumn.Nature.TIME ? column : null;
    }
    if (words.named(verb)) {
      return null;
    }
    for (int i = 0; i < words.size(); i++) {
      SchemaTable table = words.table(i);
      if (table == null) {
        continue;
      }
      for (SchemaColumn each : table.columns()) {
        if (each.nature() == SchemaColumn.Nature.TIME
            && each.words().stream().anyMatch(w -> Guesses.sameRoot(text, w))) {
          return each;
        }
      }
    }
    return null;
  }
}
