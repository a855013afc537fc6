package io.kurobe.nl2sql.offline.read;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * The forms under which words are compared: Snowball's English stems, irregular words from the
 * lexicon first. One thread uses it at a time.
 */
public final class Stems {
  private static final int LONGEST = 40;

  private final Lexicon lexicon;
  private final EnglishStemmer stemmer = new EnglishStemmer();
  private final Map<String, String> known = new HashMap<>();

  public Stems(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** The stem of a word; the same word always has the same stem. */
  public String of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.computeIfAbsent(lower, this::compute);
  }

  private String compute(String lower) {
    String base = lexicon.irregular(lower);
    if (base.length() < 3 || base.length() > LONGEST || !Character.isLetter(base.charAt(0))) {
      return base;
    }
    stemmer.setCurrent(base);
    stemmer.stem();
    return stemmer.getCurrent();
  }
}
