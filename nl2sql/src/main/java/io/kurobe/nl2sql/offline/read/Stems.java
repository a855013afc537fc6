package io.kurobe.nl2sql.offline.read;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tartarus.snowball.SnowballStemmer;

/**
 * The forms under which words are compared: the stems of the stemmer that the lexicon names,
 * irregular words from the lexicon first. One thread uses it at a time.
 */
public final class Stems {
  /** The name that stands for no stemmer: a word is its own stem. */
  static final String NONE = "none";

  private static final int LONGEST = 40;
  private static final String SNOWBALL = "org.tartarus.snowball.ext.";

  private final Lexicon lexicon;
  private final @Nullable SnowballStemmer stemmer;
  private final Map<String, String> known = new HashMap<>();

  public Stems(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.stemmer = lexicon.stemmer().equals(NONE) ? null : snowball(lexicon.stemmer());
  }

  private static SnowballStemmer snowball(String language) {
    try {
      String name =
          Character.toUpperCase(language.charAt(0))
              + language.substring(1).toLowerCase(Locale.ROOT);
      return Class.forName(SNOWBALL + name + "Stemmer")
          .asSubclass(SnowballStemmer.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException("no Snowball stemmer is called " + language, e);
    }
  }

  /** The stem of a word; the same word always has the same stem. */
  public String of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.computeIfAbsent(lower, this::compute);
  }

  private String compute(String lower) {
    String base = lexicon.irregular(lower);
    if (stemmer == null
        || base.length() < 3
        || base.length() > LONGEST
        || !Character.isLetter(base.charAt(0))) {
      return base;
    }
    stemmer.setCurrent(base);
    stemmer.stem();
    return stemmer.getCurrent();
  }
}
