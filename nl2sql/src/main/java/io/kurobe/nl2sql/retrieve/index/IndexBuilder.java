package io.kurobe.nl2sql.retrieve.index;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.retrieve.embed.Embedding;
import io.kurobe.nl2sql.retrieve.embed.EmbeddingModel;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;

/**
 * Brings the index up to a catalog: names, then meanings of tables, then values, then meanings of
 * columns. It is left whenever there is a newer catalog, and does not do again what it did. One
 * thread uses it.
 */
final class IndexBuilder {
  private static final String SYSTEM = "system";
  private static final int TABLES_AT_ONCE = 500;
  private static final int TEXTS_AT_ONCE = 16;

  /** How soon searches see embeddings, and how much may be lost if the machine stops. */
  private static final Duration REFRESH = Duration.ofSeconds(5);

  private static final int TEXTS_A_COMMIT = 5_000;

  /** Texts that nothing has any more are kept up to this many, and to as many as are in use. */
  private static final int ORPHANS = 2_000;

  /** What of a table is in the index. */
  private record Known(String print, String valuesPrint) {}

  private final IndexStore store;
  private final Documents documents;
  private final CatalogTexts texts;
  private final Embeddings embeddings;
  private final IndexedValues values;
  private final Map<TableName, Known> known;
  private final Set<String> embedded;
  private boolean valuesRead;
  private long valuesVersion;

  IndexBuilder(
      IndexStore store,
      Documents documents,
      CatalogTexts texts,
      Embeddings embeddings,
      IndexedValues values)
      throws IOException {
    this.store = store;
    this.documents = documents;
    this.texts = texts;
    this.embeddings = embeddings;
    this.values = values;
    IndexSearcher searcher = store.searchers().acquire();
    try {
      known = known(searcher);
      embedded = embedded(searcher.getIndexReader());
    } finally {
      store.searchers().release(searcher);
    }
  }

  private static Map<TableName, Known> known(IndexSearcher searcher) throws IOException {
    Map<TableName, Known> known = new HashMap<>();
    int all = Math.max(1, searcher.getIndexReader().maxDoc());
    var tables = new TermQuery(new Term(Fields.KIND, Fields.TABLE));
    for (ScoreDoc found : searcher.search(tables, all).scoreDocs) {
      Document document = searcher.storedFields().document(found.doc);
      known.put(
          Fields.name(document.get(Fields.NAME)),
          new Known(document.get(Fields.PRINT), document.get(Fields.VALUES_PRINT)));
    }
    return known;
  }

  private static Set<String> embedded(IndexReader reader) throws IOException {
    Set<String> embedded = new HashSet<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(Fields.EMBEDDED_TEXT);
      Bits live = leaf.reader().getLiveDocs();
      if (terms == null) {
        continue;
      }
      TermsEnum each = terms.iterator();
      while (each.next() != null) {
        PostingsEnum documents = each.postings(null, PostingsEnum.NONE);
        int doc = documents.nextDoc();
        while (doc != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(doc)) {
          doc = documents.nextDoc();
        }
        if (doc != DocIdSetIterator.NO_MORE_DOCS) {
          embedded.add(each.term().utf8ToString());
        }
      }
    }
    return embedded;
  }

  /**
   * Brings the index up to a catalog.
   *
   * @param courtesy whom it lets pass
   * @param goOn whether there is nothing better to do
   * @param told hears how far it has come
   */
  void build(
      CatalogSnapshot catalog,
      long version,
      Courtesy courtesy,
      BooleanSupplier goOn,
      Consumer<IndexProgress> told)
      throws IOException {
    new Building(tables(catalog), version, courtesy, goOn, told).build();
  }

  private static Map<TableName, TableMetadata> tables(CatalogSnapshot catalog) {
    Map<TableName, TableMetadata> tables = new LinkedHashMap<>();
    for (SourceCatalog source : catalog.sources()) {
      if (!source.name().equals(SYSTEM)) {
        for (SchemaMetadata schema : source.metadata().schemas()) {
          for (TableMetadata table : schema.tables()) {
            tables.put(new TableName(source.name(), schema.name(), table.name()), table);
          }
        }
      }
    }
    return tables;
  }

  /** One catalog on its way into the index. */
  private final class Building {
    private final Map<TableName, TableMetadata> tables;
    private final long version;
    private final Courtesy courtesy;
    private final BooleanSupplier goOn;
    private final Consumer<IndexProgress> told;
    private final Set<TableName> changed = new HashSet<>();
    private final Set<String> ofTables = new LinkedHashSet<>();
    private final Set<String> ofColumns = new LinkedHashSet<>();
    private int columns;
    private long refreshed = System.nanoTime();
    private int uncommitted;

    Building(
        Map<TableName, TableMetadata> tables,
        long version,
        Courtesy courtesy,
        BooleanSupplier goOn,
        Consumer<IndexProgress> told) {
      this.tables = tables;
      this.version = version;
      this.courtesy = courtesy;
      this.goOn = goOn;
      this.told = told;
    }

    void build() throws IOException {
      if (!names()) {
        return;
      }
      store.commit();
      tell(false);
      Optional<EmbeddingModel> model = embeddings.load();
      if (model.isPresent()) {
        forgetOthers(model.get());
      }
      boolean done =
          meanings(model, Fields.TABLE_MEANING, ofTables)
              && values()
              && meanings(model, Fields.COLUMN_MEANING, ofColumns);
      prune();
      store.refresh();
      store.commit();
      tell(done);
    }

    private void tell(boolean complete) {
      int texts = ofTables.size() + ofColumns.size();
      told.accept(
          new IndexProgress(
              version,
              tables.size(),
              columns,
              texts,
              Math.min(texts, embedded.size()),
              complete && goOn.getAsBoolean()));
    }

    private boolean names() throws IOException {
      List<TableName> gone = known.keySet().stream().filter(n -> !tables.containsKey(n)).toList();
      for (TableName name : gone) {
        store.writer().deleteDocuments(new Term(Fields.NAME, Fields.key(name)));
        known.remove(name);
      }
      int written = 0;
      for (Map.Entry<TableName, TableMetadata> each : tables.entrySet()) {
        TableName name = each.getKey();
        TableMetadata table = each.getValue();
        columns += table.columns().size();
        ofTables.add(texts.text(table));
        ofColumns.add(texts.table(table.name()).spoken());
        table.columns().forEach(column -> ofColumns.add(texts.text(table.name(), column)));
        Known before = known.get(name);
        if (before != null && before.print().equals(documents.print(name, table))) {
          continue;
        }
        write(name, table, Map.of());
        changed.add(name);
        if (++written % TABLES_AT_ONCE == 0) {
          store.refresh();
          if (!goOn.getAsBoolean()) {
            return false;
          }
        }
      }
      store.refresh();
      return true;
    }

    private void write(TableName name, TableMetadata table, Map<String, List<String>> stored)
        throws IOException {
      store
          .writer()
          .updateDocuments(
              new Term(Fields.NAME, Fields.key(name)), documents.of(name, table, stored));
      known.put(name, new Known(documents.print(name, table), Documents.print(stored)));
    }

    /** Values of tables that changed; of all if some may have to go. */
    private boolean values() throws IOException {
      long now = values.version();
      boolean all = !valuesRead || now != valuesVersion;
      for (Map.Entry<TableName, TableMetadata> each : tables.entrySet()) {
        if (!all && !changed.contains(each.getKey())) {
          continue;
        }
        if (!goOn.getAsBoolean()) {
          // What changed would not be known to have done so next time.
          valuesRead = false;
          return false;
        }
        Map<String, List<String>> stored = values.of(each.getKey(), each.getValue());
        Known before = known.get(each.getKey());
        if (before == null || !before.valuesPrint().equals(Documents.print(stored))) {
          courtesy.give();
          write(each.getKey(), each.getValue(), stored);
          refreshNowAndThen();
        }
      }
      valuesRead = true;
      valuesVersion = now;
      store.refresh();
      return true;
    }

    /** Another model's embeddings are of no use. */
    private void forgetOthers(EmbeddingModel model) throws IOException {
      boolean same = store.get("model").map(model.name()::equals).orElse(true);
      store.put("model", model.name());
      if (!same) {
        store.writer().deleteDocuments(new Term(Fields.KIND, Fields.EMBEDDED));
        embedded.clear();
      }
    }

    private boolean meanings(Optional<EmbeddingModel> model, String field, Set<String> of)
        throws IOException {
      if (model.isEmpty()) {
        return goOn.getAsBoolean();
      }
      // Texts of like length are embedded together, as the shorter are filled up to the longest.
      List<String> missing =
          of.stream()
              .filter(text -> !embedded.contains(text))
              .sorted(Comparator.comparingInt(String::length))
              .toList();
      for (int i = 0; i < missing.size(); i += TEXTS_AT_ONCE) {
        if (!goOn.getAsBoolean()) {
          return false;
        }
        courtesy.give();
        List<String> some = missing.subList(i, Math.min(missing.size(), i + TEXTS_AT_ONCE));
        List<Embedding> found = embeddings.embed(some);
        if (found.isEmpty()) {
          // The model is gone: words go on without it.
          return goOn.getAsBoolean();
        }
        for (int j = 0; j < some.size(); j++) {
          store.writer().addDocument(Documents.embedded(field, some.get(j), found.get(j)));
          embedded.add(some.get(j));
        }
        uncommitted += some.size();
        refreshNowAndThen();
      }
      store.refresh();
      return true;
    }

    private void refreshNowAndThen() throws IOException {
      if (System.nanoTime() - refreshed > REFRESH.toNanos()) {
        store.refresh();
        refreshed = System.nanoTime();
        tell(false);
      }
      if (uncommitted > TEXTS_A_COMMIT) {
        uncommitted = 0;
        store.commit();
      }
    }

    private void prune() throws IOException {
      if (embedded.size() > 2 * (ofTables.size() + ofColumns.size()) + ORPHANS) {
        for (String text : List.copyOf(embedded)) {
          if (!ofTables.contains(text) && !ofColumns.contains(text)) {
            store.writer().deleteDocuments(new Term(Fields.EMBEDDED_TEXT, text));
            embedded.remove(text);
          }
        }
      }
    }
  }
}
