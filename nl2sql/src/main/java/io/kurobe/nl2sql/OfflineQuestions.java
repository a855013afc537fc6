package io.kurobe.nl2sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.conversation.Reader;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.mschema.MSchemas;
import io.kurobe.nl2sql.offline.build.Builder;
import io.kurobe.nl2sql.offline.build.Interpreter;
import io.kurobe.nl2sql.offline.build.Resolver;
import io.kurobe.nl2sql.offline.build.SqlWriter;
import io.kurobe.nl2sql.offline.build.Usage;
import io.kurobe.nl2sql.offline.link.Definitions;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.MeaningLinker;
import io.kurobe.nl2sql.offline.link.Meanings;
import io.kurobe.nl2sql.offline.link.NameLinker;
import io.kurobe.nl2sql.offline.link.Schema;
import io.kurobe.nl2sql.offline.link.Segmenter;
import io.kurobe.nl2sql.offline.link.ValueIndex;
import io.kurobe.nl2sql.offline.link.ValueLoader;
import io.kurobe.nl2sql.offline.rank.Candidate;
import io.kurobe.nl2sql.offline.rank.Confidence;
import io.kurobe.nl2sql.offline.rank.Ranker;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.nl2sql.offline.read.Tokenizer;
import io.kurobe.nl2sql.offline.say.Refusals;
import io.kurobe.nl2sql.offline.say.Restatement;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.AskOutcome.AskStep;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;

/**
 * Questions answered with no model, no key and no network: read, link, build, rank, say. Every step
 * is a row of EXPLAIN ASK, and a question that is not understood is refused with the words that
 * were not. Immutable; threads share it.
 */
public final class OfflineQuestions implements Questions, Reader {
  private static final int MOST_CHARACTERS = 2_000;
  private static final int MOST_TOKENS = 160;
  private static final int CACHED_COLUMNS = 5_000;
  private static final int CACHED_CATALOGS = 50;

  /** How long SHOW MSCHEMA looks for values; the columns after that are shown without. */
  private static final Duration VALUES_WITHIN = Duration.ofSeconds(5);

  private final Lexicon lexicon;
  private final Meanings meanings;

  // By identity: whoever gets the same list or catalog from the planner has the same rights.
  private final Cache<List<String>, ValueIndex.Words> values =
      Caffeine.newBuilder().weakKeys().maximumSize(CACHED_COLUMNS).build();
  private final Cache<CatalogSnapshot, Schema> schemas =
      Caffeine.newBuilder().weakKeys().maximumSize(CACHED_CATALOGS).build();
  private final Cache<Schema, MeaningLinker> linkers =
      Caffeine.newBuilder().weakKeys().maximumSize(CACHED_CATALOGS).build();

  public OfflineQuestions() {
    this(Meanings.NONE);
  }

  /** One that compares meanings where words are not understood. */
  public OfflineQuestions(Meanings meanings) {
    this(Lexicon.english(), meanings);
  }

  /** One that is asked in the language of a lexicon. */
  public OfflineQuestions(Lexicon lexicon, Meanings meanings) {
    this.lexicon = lexicon;
    this.meanings = meanings;
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    List<AskStep> steps = new ArrayList<>();
    try {
      return new Answer(question, support, steps).answer();
    } catch (KurobeException e) {
      return new AskOutcome.Refused(e, steps);
    }
  }

  @Override
  public List<Item> spans(Question question, QuestionSupport support) {
    try {
      var answer = new Answer(question, support, new ArrayList<>());
      return answer.items(answer.read());
    } catch (KurobeException e) {
      return List.of();
    }
  }

  @Override
  public Optional<Reading> reading(Question question, QuestionSupport support) {
    try {
      AskOutcome outcome = new Answer(question, support, new ArrayList<>()).answer();
      GeneratedQuery query = ((AskOutcome.Answered) outcome).query();
      return Optional.of(new Reading(query.sql(), query.confidence()));
    } catch (KurobeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String schemaForModels(
      List<List<String>> scope, Session session, QuestionSupport support) {
    long until = System.nanoTime() + VALUES_WITHIN.toNanos();
    ModelGate gate = support.models();
    MSchemas.Values values =
        (table, column) ->
            System.nanoTime() < until && gate.givesValues(table, column)
                ? gate.examples(table, column, support.frequentValues(table, column))
                : List.of();
    MSchema schema = MSchemas.of(gate.catalog(), new Scope(scope), values);
    if (schema.tables().isEmpty()) {
      throw scope.isEmpty() ? Refusals.noTables() : Refusals.nothingNamed(scope);
    }
    return MSchemaForm.FEDERATED.write(schema);
  }

  /** One question on its way. */
  private final class Answer {
    private final Question question;
    private final QuestionSupport support;
    private final List<AskStep> steps;
    private final Stems stems = new Stems(lexicon);
    private final Tokenizer tokenizer = new Tokenizer(lexicon, stems);
    private Definitions definitions = Definitions.NONE;
    private int words;
    private long since = System.nanoTime();

    Answer(Question question, QuestionSupport support, List<AskStep> steps) {
      this.question = question;
      this.support = support;
      this.steps = steps;
    }

    AskOutcome answer() {
      List<Token> tokens = read();
      List<Item> items = link(tokens);
      List<Candidate> candidates = build(items);
      return say(candidates);
    }

    private List<Token> read() {
      String text = question.text();
      if (text.isBlank()) {
        throw Refusals.empty();
      }
      if (text.length() > MOST_CHARACTERS) {
        throw Refusals.tooLong(text.length(), MOST_CHARACTERS);
      }
      if (text.chars().noneMatch(Character::isLetter)
          || text.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c) || c == '\uFFFD')) {
        throw Refusals.notText();
      }
      List<Token> tokens = tokenizer.question(text);
      if (tokens.size() > MOST_TOKENS) {
        throw Refusals.tooLong(text.length(), MOST_CHARACTERS);
      }
      words = tokens.size();
      step(
          "read",
          text,
          tokens.stream().map(Token::text).collect(Collectors.joining(" · ")),
          tokens.size() + " words",
          null);
      return tokens;
    }

    private List<Item> link(List<Token> tokens) {
      List<Item> items = items(tokens);
      if (items.stream().noneMatch(Item.Named.class::isInstance)) {
        throw Refusals.unrelated(unknown(items));
      }
      return items;
    }

    private List<Item> items(List<Token> tokens) {
      CatalogSnapshot catalog = support.catalog();
      Schema schema =
          question.scope().isEmpty()
              ? schemas.get(catalog, whole -> Schema.of(whole, List.of(), lexicon, stems))
              : Schema.of(catalog, question.scope(), lexicon, stems);
      if (schema.tables().isEmpty()) {
        throw Refusals.noTables();
      }
      var names = new NameLinker(schema, lexicon, stems);
      String said = question.options().getOrDefault("evidence", "");
      definitions =
          said.isBlank()
              ? Definitions.NONE
              : Definitions.of(said, schema, tokenizer, stems, lexicon);
      var index = new ValueIndex(tokenizer, stems, values);
      int loaded = new ValueLoader(schema, names, support).load(tokens, index);
      List<Item> items =
          linkers
              .get(schema, key -> new MeaningLinker(key, meanings, lexicon, stems))
              .link(
                  new Segmenter(lexicon, names, index, definitions, stems)
                      .segment(question.text(), tokens));
      for (Item item : items) {
        if (item instanceof Item.Named named) {
          step(
              "link",
              named.text(),
              named.links().stream()
                  .limit(3)
                  .map(link -> link.target().toString())
                  .collect(Collectors.joining("; ")),
              "linked",
              Math.min(1, named.score()));
        } else if (item instanceof Item.Phrase phrase) {
          step(
              "link",
              phrase.text(),
              phrase.cue().name().toLowerCase(java.util.Locale.ROOT),
              "phrase",
              null);
        } else if (item instanceof Item.Unknown unknown) {
          step(
              "link",
              unknown.text(),
              loaded + " columns' values were looked at",
              "not understood",
              null);
        } else {
          step("link", item.text(), "constant", "linked", null);
        }
      }
      return items;
    }

    private List<Candidate> build(List<Item> items) {
      List<Candidate> candidates = new ArrayList<>();
      Set<String> seen = new LinkedHashSet<>();
      String failure = "its words do not go together";
      boolean repeats = false;
      for (Resolver.Reading each : Resolver.readings(items)) {
        Resolver.Reading reading = repeats && candidates.isEmpty() ? each.alone() : each;
        Interpreter.Interpretation read =
            Interpreter.interpret(items, reading, definitions.keys(), lexicon);
        Builder.Result result = Builder.build(read.intent());
        if (result instanceof Builder.Failed failed) {
          failure = failed.reason();
          repeats |= failed.repeats();
          step("build", names(reading), failure, "dropped", null);
          continue;
        }
        var query = ((Builder.Built) result).query();
        String sql = SqlWriter.write(query);
        if (!seen.add(sql)) {
          continue;
        }
        try {
          SqlNode tree = support.parse(sql);
          support.validate(support.parse(sql));
          candidates.add(
              new Candidate(
                  query,
                  sql,
                  tree,
                  read.ignored(),
                  read.faint(),
                  Usage.dropped(items, read.reading(), query),
                  read.reading().score(),
                  read.reading().weakest(),
                  (int) items.stream().filter(Item.Quoted.class::isInstance).count(),
                  (int)
                      read.reading().chosen().values().stream()
                          .filter(l -> l.score() < 0.75)
                          .count(),
                  read.reading().chosen().values().stream().noneMatch(l -> l.score() >= 0.6),
                  words));
          step("build", "candidate " + candidates.size(), sql, "valid", reading.score());
        } catch (KurobeException e) {
          failure = e.getMessage();
          step("build", sql, failure, "dropped", null);
        }
      }
      if (candidates.isEmpty()) {
        List<String> unknown = unknown(items);
        throw unknown.isEmpty() ? Refusals.noQuery(failure) : Refusals.words(unknown);
      }
      return candidates;
    }

    private String names(Resolver.Reading reading) {
      return reading.chosen().values().stream()
          .map(Link::target)
          .map(Object::toString)
          .collect(Collectors.joining(", "));
    }

    private AskOutcome say(List<Candidate> candidates) {
      List<Ranker.Ranked> ranked = Ranker.rank(candidates);
      for (Ranker.Ranked each : ranked) {
        step(
            "rank",
            "candidate " + (candidates.indexOf(each.candidate()) + 1),
            (each.candidate().leftOut().isEmpty()
                    ? "every word is accounted for"
                    : "left out: " + String.join(", ", each.candidate().leftOut()))
                + "; "
                + each.because(),
            each == ranked.get(0) ? "best" : "behind",
            each.confidence());
      }
      Ranker.Ranked best = ranked.get(0);
      Candidate chosen = best.candidate();
      if (best.confidence() < Confidence.fitted().threshold()) {
        KurobeException refusal =
            chosen.leftOut().isEmpty()
                ? Refusals.noQuery("too many of its words are uncertain")
                : Refusals.words(chosen.leftOut());
        step("say", question.text(), refusal.getMessage(), "refused", best.confidence());
        throw refusal;
      }
      String explanation = Restatement.of(chosen.query());
      step("say", chosen.sql(), explanation, "chosen", best.confidence());
      List<String> warnings =
          chosen.ignored().isEmpty()
              ? List.of()
              : List.of(
                  "Not understood and left out: " + String.join(", ", chosen.ignored()) + ".");
      return new AskOutcome.Answered(
          new GeneratedQuery(chosen.tree(), chosen.sql(), best.confidence(), warnings, explanation),
          steps);
    }

    private List<String> unknown(List<Item> items) {
      return items.stream()
          .filter(
              item ->
                  item instanceof Item.Unknown
                      || item instanceof Item.Quoted quoted && !quoted.quoted())
          .map(Item::text)
          .toList();
    }

    private void step(
        String agent,
        String subject,
        String detail,
        String verdict,
        @org.jspecify.annotations.Nullable Double confidence) {
      long now = System.nanoTime();
      steps.add(
          new AskStep(agent, subject, detail, verdict, confidence, (now - since) / 1e6, null));
      since = now;
    }
  }
}
