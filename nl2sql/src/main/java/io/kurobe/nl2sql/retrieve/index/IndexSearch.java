package io.kurobe.nl2sql.retrieve.index;

import io.kurobe.nl2sql.retrieve.embed.Embedding;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * The index as it is at one moment. Nothing that is found is within anybody's rights before it was
 * looked up in what the session sees. One thread uses it, and closes it.
 */
public final class IndexSearch implements AutoCloseable {
  private static final float OWN_NAME = 3;
  private static final float COLUMN_NAMES = 1;
  private static final float COMMENT = 1;
  private static final float PLACE = 0.5f;

  private final SearcherManager searchers;
  private final IndexSearcher searcher;
  private final Runnable leave;

  /**
   * A table or a column that was found.
   *
   * @param column empty for a table
   * @param score by BM25, comparable within one answer
   */
  public record Hit(TableName table, Optional<String> column, double score) {}

  /** A text that was found. */
  public record Near(String text, double cosine) {}

  /** Tables that nothing outside is looked for in, as a filter for many searches. */
  public static final class Among {
    private final Query query;

    private Among(Query query) {
      this.query = query;
    }

    /** These tables and their columns. */
    public static Among tables(Collection<TableName> tables) {
      return new Among(
          new TermInSetQuery(
              Fields.NAME, tables.stream().map(Fields::key).map(BytesRef::new).toList()));
    }
  }

  /**
   * Opens a search.
   *
   * @param leave run when it is closed
   */
  IndexSearch(SearcherManager searchers, Runnable leave) throws IOException {
    this.searchers = searchers;
    this.leave = leave;
    try {
      this.searcher = searchers.acquire();
    } catch (IOException | RuntimeException e) {
      leave.run();
      throw e;
    }
  }

  /** Tables by the stems of their names, comments, columns and places. */
  public List<Hit> tables(Map<String, Double> stems, Optional<Among> among, int most)
      throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    stems.forEach(
        (stem, weight) -> {
          any.add(term(Fields.WORDS, stem, OWN_NAME * weight), Occur.SHOULD);
          any.add(term(Fields.PARTS, stem, COLUMN_NAMES * weight), Occur.SHOULD);
          any.add(term(Fields.ABOUT, stem, COMMENT * weight), Occur.SHOULD);
          any.add(term(Fields.PLACE, stem, PLACE * weight), Occur.SHOULD);
        });
    return find(Fields.TABLE, any.build(), among, most);
  }

  /** Columns by the stems of their names and comments. */
  public List<Hit> columns(Map<String, Double> stems, Optional<Among> among, int most)
      throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    stems.forEach(
        (stem, weight) -> {
          any.add(term(Fields.WORDS, stem, OWN_NAME * weight), Occur.SHOULD);
          any.add(term(Fields.ABOUT, stem, COMMENT * weight), Occur.SHOULD);
        });
    return find(Fields.COLUMN, any.build(), among, most);
  }

  private static Query term(String field, String text, double weight) {
    return new BoostQuery(new TermQuery(new Term(field, text)), (float) weight);
  }

  /** Columns that hold one of some values, given whole and in lower case. */
  public List<Hit> holders(Collection<String> values, Optional<Among> among, int most)
      throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    values.stream()
        .limit(500)
        .forEach(value -> any.add(new TermQuery(new Term(Fields.VALUE, value)), Occur.SHOULD));
    return find(Fields.COLUMN, any.build(), among, most);
  }

  /** Tables that some texts stand for. */
  public List<Hit> tablesOf(Collection<String> texts, Optional<Among> among, int most)
      throws IOException {
    return find(Fields.TABLE, standing(texts), among, most);
  }

  /** Columns that some texts stand for. */
  public List<Hit> columnsOf(Collection<String> texts, Optional<Among> among, int most)
      throws IOException {
    return find(Fields.COLUMN, standing(texts), among, most);
  }

  private static Query standing(Collection<String> texts) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    texts.forEach(text -> any.add(new TermQuery(new Term(Fields.TEXT, text)), Occur.SHOULD));
    return any.build();
  }

  private List<Hit> find(String kind, Query wanted, Optional<Among> among, int most)
      throws IOException {
    BooleanQuery.Builder query =
        new BooleanQuery.Builder()
            .add(wanted, Occur.MUST)
            .add(new TermQuery(new Term(Fields.KIND, kind)), Occur.FILTER);
    among.ifPresent(tables -> query.add(tables.query, Occur.FILTER));
    List<Hit> hits = new ArrayList<>();
    Set<String> fields = Set.of(Fields.NAME, Fields.COLUMN_NAME);
    for (ScoreDoc found : searcher.search(query.build(), most).scoreDocs) {
      var document = searcher.storedFields().document(found.doc, fields);
      hits.add(
          new Hit(
              Fields.name(document.get(Fields.NAME)),
              Optional.ofNullable(document.get(Fields.COLUMN_NAME)),
              found.score));
    }
    return hits;
  }

  /** Texts of tables that mean about the same. */
  public List<Near> tablesNear(Embedding meaning, int most) throws IOException {
    return near(meaning, Fields.TABLE_MEANING, most);
  }

  /** Texts of columns that mean about the same. */
  public List<Near> columnsNear(Embedding meaning, int most) throws IOException {
    return near(meaning, Fields.COLUMN_MEANING, most);
  }

  private List<Near> near(Embedding meaning, String field, int most) throws IOException {
    List<Near> near = new ArrayList<>();
    if (meaning.isNothing()) {
      return near;
    }
    var query = new KnnByteVectorQuery(field, meaning.bytes(), most);
    for (ScoreDoc found : searcher.search(query, most).scoreDocs) {
      String text = searcher.storedFields().document(found.doc).get(Fields.EMBEDDED_TEXT);
      near.add(new Near(text, 2 * found.score - 1));
    }
    return near;
  }

  /** The embedding of a text that stands for a table, if it was made already. */
  public Optional<Embedding> ofTable(String text) throws IOException {
    return embedding(Fields.TABLE_MEANING, text);
  }

  /** The embedding of a text that stands for a column, if it was made already. */
  public Optional<Embedding> ofColumn(String text) throws IOException {
    return embedding(Fields.COLUMN_MEANING, text);
  }

  private Optional<Embedding> embedding(String field, String text) throws IOException {
    Term term = new Term(Fields.EMBEDDED_TEXT, text);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
      ByteVectorValues vectors = leaf.reader().getByteVectorValues(field);
      Bits live = leaf.reader().getLiveDocs();
      if (postings == null || vectors == null) {
        continue;
      }
      int doc = postings.nextDoc();
      while (doc != DocIdSetIterator.NO_MORE_DOCS) {
        boolean kept = live == null || live.get(doc);
        if (kept && vectors.docID() < doc && vectors.advance(doc) == doc) {
          return Optional.of(Embedding.ofBytes(vectors.vectorValue()));
        }
        doc = postings.nextDoc();
      }
    }
    return Optional.empty();
  }

  /** How telling a stem is: 0 for one that all tables have, 1 for one that a single has. */
  public double rarity(String stem) throws IOException {
    int tables = Math.max(2, searcher.getIndexReader().getDocCount(Fields.PARTS));
    int with = searcher.getIndexReader().docFreq(new Term(Fields.PARTS, stem));
    if (with == 0) {
      with = searcher.getIndexReader().docFreq(new Term(Fields.WORDS, stem));
    }
    return 1 - Math.log(1 + Math.min(with, tables)) / Math.log(1 + tables);
  }

  @Override
  public void close() throws IOException {
    leave.run();
    searchers.release(searcher);
  }
}
