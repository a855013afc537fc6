package io.kurobe.nl2sql.retrieve;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemas;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.retrieve.Ranking.Ranked;
import io.kurobe.nl2sql.retrieve.StoredValues.Found;
import io.kurobe.nl2sql.retrieve.embed.Embedding;
import io.kurobe.nl2sql.retrieve.index.IndexSearch;
import io.kurobe.nl2sql.retrieve.index.SchemaIndex;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links a question over the {@linkplain SchemaIndex index} of the catalog's names. A scope that is
 * small is told whole. Of a larger one: words and meanings find tables and columns, stored values
 * and the tables around speak for them, the likeliest are chosen, with the keys that join them; a
 * few for the precise schema, more for the fuller one.
 *
 * <p>Only what the session's gate to models gives can be chosen, whatever is in the index. Threads
 * share it.
 */
public final class IndexLinker implements SchemaLinker {
  private static final Logger LOG = LoggerFactory.getLogger(IndexLinker.class);
  private static final Duration NAMES_WITHIN = Duration.ofSeconds(2);

  /** A scope so many times too long is told whole only where nothing else can be done. */
  private static final int MUCH = 4;

  /** How long sources may take to tell values for one question. */
  private static final Duration VALUES_WITHIN = Duration.ofSeconds(2);

  private static final int VALUES_OF_TABLES = 15;
  private static final int VALUES_OF_COLUMNS = 80;
  private static final int EXAMPLES = 5;
  private static final int SHOWN = 5;

  /** What share of the best table's score others of the precise schema have. */
  private static final double PRECISE = 0.1;

  private static final int FEW_COLUMNS = 4;
  private static final double NAMED = 0.45;

  private final SchemaIndex index;
  private final Supplier<CatalogSnapshot> whole;
  private final LinkLimits limits;
  private final Lexicon lexicon;
  private final WholeScope wholeScope = new WholeScope();
  private final Cache<ViewKey, CatalogView> views =
      Caffeine.newBuilder().maximumSize(16).expireAfterAccess(Duration.ofMinutes(10)).build();
  private final Cache<String, Embedding> ofColumns =
      Caffeine.newBuilder().maximumSize(20_000).build();
  private final Cache<String, Embedding> ofTables =
      Caffeine.newBuilder().maximumSize(20_000).build();
  private final Cache<String, Embedding> ofKeywords =
      Caffeine.newBuilder().maximumSize(5_000).build();
  private final StoredValues.Kept values = new StoredValues.Kept();

  /**
   * Makes it.
   *
   * @param whole the catalog with everything in it, for the index
   */
  public IndexLinker(
      SchemaIndex index, Supplier<CatalogSnapshot> whole, LinkLimits limits, Lexicon lexicon) {
    this.index = requireNonNull(index, "index is null");
    this.whole = requireNonNull(whole, "whole is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.lexicon = requireNonNull(lexicon, "lexicon is null");
  }

  /** One session's catalog by identity: it stays the same object while rights and sources do. */
  private record ViewKey(List<SourceCatalog> sources, Scope scope, int indexed) {
    @Override
    public boolean equals(Object other) {
      if (!(other instanceof ViewKey that)
          || that.indexed != indexed
          || that.sources.size() != sources.size()) {
        return false;
      }
      for (int i = 0; i < sources.size(); i++) {
        if (sources.get(i) != that.sources.get(i)) {
          return false;
        }
      }
      return scope.equals(that.scope);
    }

    @Override
    public int hashCode() {
      int hash = 31 * scope.hashCode() + indexed;
      for (SourceCatalog source : sources) {
        hash = 31 * hash + System.identityHashCode(source);
      }
      return hash;
    }
  }

  @Override
  public LinkedSchema link(
      Question question, Session session, QuestionSupport support, Trace trace) {
    index.update(support.catalog().version(), whole);
    CatalogSnapshot catalog = support.models().catalog();
    int indexed = index.progress().tables();
    CatalogView view =
        views.get(
            new ViewKey(catalog.sources(), new Scope(question.scope()), indexed),
            key -> CatalogView.of(catalog, key.scope(), key.indexed()));
    if (view.characters() <= limits.wholeCharacters()) {
      return wholeScope.link(question, session, support, trace);
    }
    index.awaitNames(NAMES_WITHIN);
    try (IndexSearch search = index.search().orElse(null)) {
      if (search != null) {
        return new Linking(question, support, view, search, trace).link();
      }
    } catch (IOException e) {
      LOG.warn("the schema index was not searched: {}", e.toString());
    }
    if (view.characters() <= MUCH * (long) limits.wholeCharacters()) {
      return wholeScope.link(question, session, support, trace);
    }
    throw new KurobeException(
            ErrorCode.MODEL_UNAVAILABLE,
            "the catalog is not indexed yet, and too large to be told to a model whole")
        .withHint("Ask again in a moment, or say ON which tables.");
  }

  /** One question on its way. */
  private final class Linking {
    private final CatalogView view;
    private final IndexSearch search;
    private final Trace trace;
    private final AskedWords asked;
    private final String text;
    private final StoredValues stored;

    Linking(
        Question question,
        QuestionSupport support,
        CatalogView view,
        IndexSearch search,
        Trace trace) {
      this.view = view;
      this.search = search;
      this.trace = trace;
      this.text = question.text();
      this.asked = AskedWords.of(text, lexicon);
      this.stored = new StoredValues(support, values, VALUES_WITHIN);
    }

    LinkedSchema link() throws IOException {
      long since = System.nanoTime();
      List<Embedding> keywords = new ArrayList<>();
      Optional<Embedding> meaning = meanings(keywords);
      var likeness =
          new Likeness(asked.keywords(), keywords, lexicon, index.texts(), search, ofColumns);
      var evidence =
          new Evidence(asked, view, index.texts(), search, likeness, ofTables, meaning, keywords);
      evidence.collect();
      trace.add(
          "link",
          asked.keywords().stream().map(Keyword::text).collect(Collectors.joining(" · ")),
          evidence.tables().size()
              + " of "
              + view.tables().size()
              + " tables by words"
              + (meaning.isPresent() ? " and meaning" : ""),
          "found",
          null,
          since,
          null);
      List<Ranked> ranked = Ranking.of(evidence, view);
      findValues(ranked);
      ranked = Ranking.of(evidence, view);
      return choose(ranked);
    }

    /** The question's embedding, and its keywords'; none if there is no model. */
    private Optional<Embedding> meanings(List<Embedding> keywords) {
      List<String> wanted = new ArrayList<>();
      wanted.add(text);
      asked.keywords().forEach(keyword -> wanted.add(keyword.text()));
      Map<String, Embedding> known = new LinkedHashMap<>();
      Set<String> missing = new LinkedHashSet<>();
      for (String each : wanted) {
        Embedding before = ofKeywords.getIfPresent(each);
        if (before == null) {
          missing.add(each);
        } else {
          known.put(each, before);
        }
      }
      List<String> some = List.copyOf(missing);
      List<Embedding> made = index.embeddings().embed(some);
      for (int i = 0; i < made.size(); i++) {
        known.put(some.get(i), made.get(i));
        ofKeywords.put(some.get(i), made.get(i));
      }
      if (!known.keySet().containsAll(wanted)) {
        return Optional.empty();
      }
      asked.keywords().forEach(keyword -> keywords.add(known.get(keyword.text())));
      return Optional.ofNullable(known.get(text));
    }

    /** Values that the question mentions, in the tables that are likeliest so far. */
    private void findValues(List<Ranked> ranked) {
      int columns = 0;
      for (Ranked each : ranked.subList(0, Math.min(VALUES_OF_TABLES, ranked.size()))) {
        TableEvidence table = each.evidence();
        for (TableMetadata.Column column : table.table().columns()) {
          if (!isText(column) || columns == VALUES_OF_COLUMNS) {
            continue;
          }
          columns++;
          long since = System.nanoTime();
          List<Found> found = stored.mentioned(table.name(), column.name(), asked.phrases());
          if (!found.isEmpty()) {
            value(table, column.name(), found, since);
          }
        }
      }
    }

    private void value(TableEvidence table, String column, List<Found> found, long since) {
      List<String> told =
          stored.told(
              table.name(),
              column,
              found.stream().map(Found::value).distinct().limit(EXAMPLES).toList());
      if (told.isEmpty()) {
        return;
      }
      table.value(column, told, found.get(0).likeness());
      for (Found each : found) {
        each.phrase().words().forEach(word -> table.cover(word, each.likeness()));
      }
      trace.add(
          "link",
          found.get(0).phrase().text(),
          table.name() + "." + column + " has " + told.get(0),
          "value",
          found.get(0).likeness(),
          since,
          null);
    }

    private LinkedSchema choose(List<Ranked> ranked) {
      var choosing = new Choosing(view, ranked);
      Map<TableName, Set<String>> precise =
          choosing.columns(
              choosing.tables(limits.preciseTables(), PRECISE),
              limits.preciseColumns(),
              FEW_COLUMNS,
              NAMED);
      Map<TableName, Set<String>> fuller =
          choosing.columns(
              choosing.tables(limits.fullerTables(), 0),
              limits.fullerColumns(),
              limits.fullerColumns(),
              0);
      precise.forEach(
          (table, columns) ->
              fuller.computeIfAbsent(table, t -> new LinkedHashSet<>()).addAll(columns));
      Map<TableName, TableEvidence> evidence = new LinkedHashMap<>();
      ranked.forEach(each -> evidence.put(each.evidence().name(), each.evidence()));
      return new LinkedSchema(
          told("precise", precise, ranked, evidence), told("fuller", fuller, ranked, evidence));
    }

    private MSchema told(
        String which,
        Map<TableName, Set<String>> chosen,
        List<Ranked> ranked,
        Map<TableName, TableEvidence> evidence) {
      long since = System.nanoTime();
      MSchema schema =
          MSchemas.of(
              view.reduced(chosen),
              Scope.ALL,
              (table, column) -> examples(table, column, evidence.get(table)));
      trace.add(
          "link",
          "%s schema: %d tables, %d columns"
              .formatted(which, chosen.size(), chosen.values().stream().mapToInt(Set::size).sum()),
          ranked.stream()
              .filter(each -> chosen.containsKey(each.evidence().name()))
              .limit(SHOWN)
              .map(
                  each ->
                      String.format(Locale.ROOT, "%s %.2f", each.evidence().name(), each.score()))
              .collect(Collectors.joining("; ")),
          "linked",
          ranked.isEmpty() ? null : ranked.get(0).score(),
          since,
          null);
      return schema;
    }

    /** What the question mentions first, then what is frequent. */
    private List<String> examples(TableName table, String column, @Nullable TableEvidence of) {
      List<String> frequent = stored.frequent(table, column, EXAMPLES);
      List<String> mentioned = of == null ? List.of() : of.values(column);
      if (mentioned.isEmpty()) {
        return frequent;
      }
      Set<String> examples = new LinkedHashSet<>(mentioned);
      examples.addAll(frequent);
      return examples.stream().limit(EXAMPLES).toList();
    }
  }

  private static boolean isText(TableMetadata.Column column) {
    return switch (column.type().kind()) {
      case CHAR, VARCHAR -> true;
      default -> false;
    };
  }
}
