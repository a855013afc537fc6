package io.kurobe.nl2sql.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.retrieve.embed.Embedding;
import io.kurobe.nl2sql.retrieve.index.CatalogTexts;
import io.kurobe.nl2sql.retrieve.index.IndexSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How likely it is that a keyword of the question names a table or a column: by the words they
 * share, and by what they mean as far as meanings are known. One thread uses it.
 */
final class Likeness {
  /** Cosines up to here say nothing: any two short texts have them. */
  private static final double NOTHING = 0.7;

  /** What a likeness of meaning alone is worth beside a shared word. */
  private static final double MEANING = 0.9;

  private static final double SHARED = 0.6;
  private static final double SYNONYM = 0.6;

  private final List<Keyword> keywords;
  private final List<Set<String>> synonyms = new ArrayList<>();
  private final List<Optional<Embedding>> meanings;
  private final IndexSearch search;
  private final Cache<String, Embedding> known;
  private final Map<Name, double[]> answered = new HashMap<>();

  private record Name(List<String> stems, String text) {}

  /**
   * Makes it for one question.
   *
   * @param meanings of the keywords, in their order; empty if there are none
   * @param known embeddings of columns' texts that were looked up before
   */
  Likeness(
      List<Keyword> keywords,
      List<Embedding> meanings,
      Lexicon lexicon,
      CatalogTexts texts,
      IndexSearch search,
      Cache<String, Embedding> known) {
    this.keywords = keywords;
    this.search = search;
    this.known = known;
    this.meanings =
        meanings.isEmpty()
            ? keywords.stream().map(keyword -> Optional.<Embedding>empty()).toList()
            : meanings.stream().map(Optional::of).toList();
    Map<String, Set<String>> found = new HashMap<>();
    for (Keyword keyword : keywords) {
      synonyms.add(
          found.computeIfAbsent(
              keyword.text(),
              text -> {
                Set<String> stems = new LinkedHashSet<>();
                lexicon.synonyms(text).forEach(other -> stems.addAll(texts.stems(other)));
                return stems;
              }));
    }
  }

  /**
   * How much each keyword is like a name, 0 to 1.
   *
   * @param stems of the name
   * @param text that stands for it
   * @return for reading only: columns of many tables have the same name
   */
  double[] of(List<String> stems, String text) throws IOException {
    Name name = new Name(stems, text);
    double[] before = answered.get(name);
    if (before == null) {
      before = compared(stems, text);
      answered.put(name, before);
    }
    return before;
  }

  private double[] compared(List<String> stems, String text) throws IOException {
    double[] like = new double[keywords.size()];
    Embedding meaning = meaning(text);
    for (int i = 0; i < like.length; i++) {
      double words = words(keywords.get(i), synonyms.get(i), stems);
      like[i] = Math.max(words, meaning == null ? 0 : meaning(meanings.get(i), meaning));
    }
    return like;
  }

  private static double words(Keyword keyword, Set<String> synonyms, List<String> name) {
    if (name.containsAll(keyword.stems())) {
      return SHARED + (1 - SHARED) * Math.min(1, keyword.stems().size() / (double) name.size());
    }
    boolean synonym = synonyms.stream().anyMatch(name::contains);
    return synonym && keyword.stems().size() == 1 ? SYNONYM : 0;
  }

  private static double meaning(Optional<Embedding> asked, Embedding name) {
    return asked
        .map(keyword -> MEANING * Math.max(0, (keyword.cosine(name) - NOTHING) / (1 - NOTHING)))
        .orElse(0.0);
  }

  private @Nullable Embedding meaning(String text) throws IOException {
    Embedding embedding = known.getIfPresent(text);
    if (embedding == null) {
      embedding = search.ofColumn(text).orElse(null);
      if (embedding != null) {
        known.put(text, embedding);
      }
    }
    return embedding;
  }
}
