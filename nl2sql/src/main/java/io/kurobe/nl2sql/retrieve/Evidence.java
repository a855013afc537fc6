package io.kurobe.nl2sql.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.retrieve.embed.Embedding;
import io.kurobe.nl2sql.retrieve.index.CatalogTexts;
import io.kurobe.nl2sql.retrieve.index.IndexSearch;
import io.kurobe.nl2sql.retrieve.index.IndexSearch.Hit;
import io.kurobe.nl2sql.retrieve.index.IndexSearch.Near;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the tables a question may be about, and what speaks for each: found by words, by the
 * meaning of the question and of its keywords, and as neighbours of what was found. Tables outside
 * the view are never among them. One thread uses it.
 */
final class Evidence {
  private static final int TABLES_BY_WORDS = 60;
  private static final int TABLES_BY_MEANING = 60;
  private static final int COLUMNS_BY_WORDS = 100;
  private static final int TEXTS_A_KEYWORD = 8;
  private static final int COLUMNS_BY_MEANING = 100;
  private static final int HOLDERS = 40;
  private static final int MOST_TABLES = 250;

  /** Columns looked at of a table; what comes later in a wider one is found by words. */
  private static final int WIDEST = 400;

  /** Cosines of a question and a table run from here to there. */
  private static final double UNLIKE = 0.45;

  private static final double ALIKE = 0.8;

  private final AskedWords asked;
  private final CatalogView view;
  private final CatalogTexts texts;
  private final IndexSearch search;
  private final Likeness likeness;
  private final Cache<String, Embedding> known;
  private final Optional<Embedding> question;
  private final List<Embedding> meanings;
  private final double[] rarity;
  private final Map<TableName, TableEvidence> tables = new LinkedHashMap<>();

  Evidence(
      AskedWords asked,
      CatalogView view,
      CatalogTexts texts,
      IndexSearch search,
      Likeness likeness,
      Cache<String, Embedding> known,
      Optional<Embedding> question,
      List<Embedding> meanings)
      throws IOException {
    this.asked = asked;
    this.view = view;
    this.texts = texts;
    this.search = search;
    this.likeness = likeness;
    this.known = known;
    this.question = question;
    this.meanings = meanings;
    this.rarity = rarity();
  }

  /** How telling each of the question's telling words is, 0 to 1. */
  private double[] rarity() throws IOException {
    double[] rare = new double[asked.words()];
    for (Keyword keyword : asked.keywords()) {
      if (keyword.words().size() == 1) {
        rare[keyword.words().get(0)] = search.rarity(keyword.stems().get(0));
      }
    }
    return rare;
  }

  /** Looks the question up. */
  void collect() throws IOException {
    Map<String, Double> stems = new HashMap<>();
    for (Keyword keyword : asked.keywords()) {
      keyword.stems().forEach(stem -> stems.put(stem, 1.0));
    }
    Map<TableName, Double> byWords = new LinkedHashMap<>();
    Set<TableName> found = new LinkedHashSet<>();
    if (!stems.isEmpty()) {
      for (Hit hit : search.tables(stems, view.among(), TABLES_BY_WORDS)) {
        byWords.put(hit.table(), hit.score());
      }
      found.addAll(byWords.keySet());
      search.columns(stems, view.among(), COLUMNS_BY_WORDS).forEach(hit -> found.add(hit.table()));
    }
    Map<TableName, Double> byMeaning = byMeaning();
    found.addAll(byMeaning.keySet());
    found.addAll(byKeywords());
    found.addAll(byValues());
    found.retainAll(view.tables().keySet());
    for (TableName table : List.copyOf(found)) {
      found.addAll(view.joined(table));
    }
    double most = byWords.values().stream().mapToDouble(x -> x).max().orElse(1);
    for (TableName name : found) {
      TableMetadata table = view.tables().get(name);
      if (table != null && tables.size() < MOST_TABLES) {
        TableEvidence evidence = look(name, table);
        evidence.words(byWords.getOrDefault(name, 0.0) / most);
        evidence.meaning(meaning(byMeaning.get(name), table));
        tables.put(name, evidence);
      }
    }
  }

  private Map<TableName, Double> byMeaning() throws IOException {
    Map<TableName, Double> found = new LinkedHashMap<>();
    if (question.isPresent()) {
      List<String> near = new ArrayList<>();
      for (Near text : search.tablesNear(question.get(), TABLES_BY_MEANING)) {
        near.add(text.text());
      }
      for (Hit hit : search.tablesOf(near, view.among(), 2 * TABLES_BY_MEANING)) {
        TableMetadata table = view.tables().get(hit.table());
        if (table != null) {
          ofTable(table)
              .ifPresent(meaning -> found.put(hit.table(), meaning.cosine(question.get())));
        }
      }
    }
    return found;
  }

  private double meaning(@Nullable Double cosine, TableMetadata table) throws IOException {
    double of = 0;
    if (cosine != null) {
      of = cosine;
    } else if (question.isPresent()) {
      of = ofTable(table).map(m -> m.cosine(question.get())).orElse(0.0);
    }
    return Math.max(0, Math.min(1, (of - UNLIKE) / (ALIKE - UNLIKE)));
  }

  private Optional<Embedding> ofTable(TableMetadata table) throws IOException {
    String text = texts.of(table).text();
    Embedding before = known.getIfPresent(text);
    if (before != null) {
      return Optional.of(before);
    }
    Optional<Embedding> found = search.ofTable(text);
    found.ifPresent(embedding -> known.put(text, embedding));
    return found;
  }

  private Set<TableName> byKeywords() throws IOException {
    Set<String> near = new LinkedHashSet<>();
    for (int i = 0; i < meanings.size(); i++) {
      for (Near text : search.columnsNear(meanings.get(i), TEXTS_A_KEYWORD)) {
        near.add(text.text());
      }
    }
    Set<TableName> found = new LinkedHashSet<>();
    if (!near.isEmpty()) {
      search.columnsOf(near, view.among(), COLUMNS_BY_MEANING).forEach(h -> found.add(h.table()));
    }
    return found;
  }

  private Set<TableName> byValues() throws IOException {
    Set<TableName> found = new LinkedHashSet<>();
    List<String> values = asked.phrases().stream().map(Phrase::lower).toList();
    if (!values.isEmpty()) {
      search.holders(values, view.among(), HOLDERS).forEach(hit -> found.add(hit.table()));
    }
    return found;
  }

  private TableEvidence look(TableName name, TableMetadata table) throws IOException {
    var evidence = new TableEvidence(name, table, asked.words());
    CatalogTexts.OfTable said = texts.of(table);
    double[] called = likeness.of(said.name().stems(), said.name().spoken());
    cover(evidence, called);
    evidence.called(most(called));
    int columns = Math.min(WIDEST, table.columns().size());
    for (int i = 0; i < columns; i++) {
      double[] like = likeness.of(said.columns().get(i).stems(), said.columnTexts().get(i));
      cover(evidence, like);
      evidence.column(table.columns().get(i).name(), most(like));
    }
    return evidence;
  }

  private static double most(double[] like) {
    double most = 0;
    for (double each : like) {
      most = Math.max(most, each);
    }
    return most;
  }

  private void cover(TableEvidence evidence, double[] like) {
    for (int i = 0; i < like.length; i++) {
      for (int word : asked.keywords().get(i).words()) {
        evidence.cover(word, like[i]);
      }
    }
  }

  /** What was found, in no order that means anything. */
  Collection<TableEvidence> tables() {
    return tables.values();
  }

  Optional<TableEvidence> of(TableName table) {
    return Optional.ofNullable(tables.get(table));
  }

  /** How much of the question tables cover together, 0 to 1: rare words count more. */
  double coverage(Collection<TableName> together) {
    double sum = 0;
    double most = 0;
    for (int word = 0; word < rarity.length; word++) {
      double best = 0;
      for (TableName name : together) {
        TableEvidence evidence = tables.get(name);
        best = evidence == null ? best : Math.max(best, evidence.covered()[word]);
      }
      double weight = 0.2 + 0.8 * rarity[word];
      sum += weight * best;
      most += weight;
    }
    return most == 0 ? 0 : sum / most;
  }
}
