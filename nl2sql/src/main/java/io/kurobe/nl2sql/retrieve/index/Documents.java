package io.kurobe.nl2sql.retrieve.index;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.retrieve.embed.Embedding;
import io.kurobe.planner.catalog.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;

/** Makes the documents of the index. */
final class Documents {
  /** The most values of a column that are kept, and the longest. */
  private static final int MOST_VALUES = 100;

  private static final int LONGEST_VALUE = 60;

  private final CatalogTexts texts;
  private final Synonyms synonyms;

  Documents(CatalogTexts texts, Synonyms synonyms) {
    this.texts = texts;
    this.synonyms = synonyms;
  }

  /** A print of all that the documents of a table say beside its values. */
  String print(TableName name, TableMetadata table) {
    StringBuilder said = new StringBuilder(Fields.key(name));
    said.append(table.comment().orElse("")).append(synonyms.of(name, Optional.empty()));
    for (TableMetadata.Column column : table.columns()) {
      said.append('\n').append(column.name()).append('\t').append(column.comment().orElse(""));
      said.append(synonyms.of(name, Optional.of(column.name())));
    }
    return digest(said.toString());
  }

  /** A print of a table's values; empty if there are none. */
  static String print(Map<String, List<String>> values) {
    return values.isEmpty() ? "" : digest(new TreeMap<>(values).toString());
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The documents of a table and its columns. */
  List<Document> of(TableName name, TableMetadata table, Map<String, List<String>> values) {
    List<Document> documents = new ArrayList<>();
    documents.add(table(name, table, values));
    for (TableMetadata.Column column : table.columns()) {
      documents.add(column(name, column, values.getOrDefault(column.name(), List.of())));
    }
    return documents;
  }

  private Document table(TableName name, TableMetadata table, Map<String, List<String>> values) {
    Document document = named(Fields.TABLE, name, texts.text(table));
    document.add(new StoredField(Fields.PRINT, print(name, table)));
    document.add(new StoredField(Fields.VALUES_PRINT, print(values)));
    Set<String> parts = new LinkedHashSet<>();
    for (TableMetadata.Column column : table.columns()) {
      parts.addAll(texts.column(table.name(), column.name()).stems());
      column.comment().ifPresent(comment -> parts.addAll(texts.stems(comment)));
      synonyms
          .of(name, Optional.of(column.name()))
          .forEach(other -> parts.addAll(texts.stems(other)));
    }
    add(document, Fields.WORDS, words(name, Optional.empty(), texts.table(table.name())));
    table.comment().ifPresent(comment -> add(document, Fields.ABOUT, texts.stems(comment)));
    add(document, Fields.PARTS, parts);
    List<String> place = new ArrayList<>(texts.stems(name.source().replace('_', ' ')));
    place.addAll(texts.stems(name.schema().replace('_', ' ')));
    add(document, Fields.PLACE, place);
    return document;
  }

  private Document column(TableName name, TableMetadata.Column column, List<String> values) {
    Document document = named(Fields.COLUMN, name, texts.text(name.table(), column));
    document.add(new StoredField(Fields.COLUMN_NAME, column.name()));
    add(
        document,
        Fields.WORDS,
        words(name, Optional.of(column.name()), texts.column(name.table(), column.name())));
    column.comment().ifPresent(comment -> add(document, Fields.ABOUT, texts.stems(comment)));
    values.stream()
        .filter(value -> value.length() <= LONGEST_VALUE)
        .limit(MOST_VALUES)
        .map(value -> value.toLowerCase(Locale.ROOT).strip())
        .forEach(value -> document.add(new StringField(Fields.VALUE, value, Field.Store.NO)));
    return document;
  }

  private List<String> words(TableName name, Optional<String> column, CatalogTexts.Words own) {
    List<String> words = new ArrayList<>(own.stems());
    synonyms.of(name, column).forEach(other -> words.addAll(texts.stems(other)));
    return words;
  }

  private static Document named(String kind, TableName name, String text) {
    Document document = new Document();
    document.add(new StringField(Fields.KIND, kind, Field.Store.NO));
    document.add(new StringField(Fields.NAME, Fields.key(name), Field.Store.YES));
    document.add(new StringField(Fields.TEXT, text, Field.Store.NO));
    return document;
  }

  private static void add(Document document, String field, Iterable<String> stems) {
    document.add(new TextField(field, String.join(" ", stems), Field.Store.NO));
  }

  /**
   * The document of a text that was embedded.
   *
   * @param field {@link Fields#TABLE_MEANING} or {@link Fields#COLUMN_MEANING}
   */
  static Document embedded(String field, String text, Embedding embedding) {
    Document document = new Document();
    document.add(new StringField(Fields.KIND, Fields.EMBEDDED, Field.Store.NO));
    document.add(new StringField(Fields.EMBEDDED_TEXT, text, Field.Store.YES));
    document.add(new KnnByteVectorField(field, embedding.bytes(), VectorSimilarityFunction.COSINE));
    return document;
  }
}
