package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Period;
import java.math.BigDecimal;
import java.util.List;

/** A span of the question with what it was taken for. Every token is in exactly one. */
public sealed interface Item {
  /** The span as it was written. */
  String text();

  /** A phrase of general language. */
  record Phrase(String text, Lexicon.Entry entry) implements Item {
    public Cue cue() {
      return entry.cue();
    }
  }

  /** A name or stored value, the likeliest reading first. */
  record Named(String text, List<Link> links) implements Item {
    public Named {
      links = List.copyOf(links);
    }

    public Target target() {
      return links.get(0).target();
    }

    public double score() {
      return links.get(0).score();
    }
  }

  /**
   * Text in quotes that is no stored value we know of, or capitalised words that name nothing else.
   *
   * @param quoted whether it stood in quotes
   */
  record Quoted(String text, boolean quoted) implements Item {}

  /** A number. */
  record Number(String text, BigDecimal value) implements Item {}

  /** A span of time. */
  record Time(String text, Period period) implements Item {}

  /**
   * A word that means nothing here.
   *
   * @param faint whether it seldom matters: a verb that says how things belong together, or a word
   *     like "size" beside a name
   */
  record Unknown(String text, boolean faint) implements Item {}
}
