package io.kurobe.nl2sql.intent;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.nl2sql.agent.ModelAgent;
import io.kurobe.nl2sql.generate.ShownValues;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.nl2sql.retrieve.SchemaLinker;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.privacy.Redaction;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that tells what a question wants. What it answers counts only in the form it was asked
 * for; in any other the question is one of data. Threads share it.
 */
public final class ModelIntents implements IntentAgent {
  /** The places of its prompt. */
  public static final Set<String> PLACES = Set.of("schema", "evidence", "question");

  /** What the agent is called. */
  public static final String NAME = "intent";

  private static final int MOST_MEANINGS = 5;
  private static final int LONGEST_WORDS = 300;
  private static final int OFFERED = 10_000;
  private static final Pattern FORM =
      Pattern.compile(
          "(DATA|TALK|CATALOG|UNANSWERABLE|AMBIGUOUS)\\.?(?:\\s*:\\s*(.*))?", Pattern.DOTALL);

  private final ModelAgent agent;
  private final SchemaLinker linker;

  /** What was offered as a meaning is not asked about again. */
  private final Cache<String, Boolean> offered =
      Caffeine.newBuilder().maximumSize(OFFERED).expireAfterWrite(Duration.ofHours(1)).build();

  /**
   * Makes it.
   *
   * @param linker finds what of the catalog the model is shown
   */
  public ModelIntents(ModelAgent agent, SchemaLinker linker) {
    this.agent = requireNonNull(agent, "agent is null");
    this.linker = requireNonNull(linker, "linker is null");
  }

  /** The prompt that comes with Kurobe. */
  public static PromptTemplate standard() {
    return PromptTemplate.resource(ModelIntents.class, "intent.txt", PLACES);
  }

  @Override
  public Optional<Intent> of(
      Question question, Session session, QuestionSupport support, Trace trace) {
    if (offered.getIfPresent(TaughtPair.normalised(question.text())) != null) {
      return Optional.empty();
    }
    MSchema schema = linker.link(question, session, support, new Trace()).fuller();
    Redaction redaction = support.models().redaction(new ShownValues(schema));
    Optional<ModelReply> reply =
        agent.ask(
            redaction,
            Map.of(
                "schema",
                new Piece.Data(MSchemaForm.FEDERATED.write(schema)),
                "evidence",
                new Piece.Asked(question.options().getOrDefault("evidence", "")),
                "question",
                new Piece.Asked(question.text())),
            agent.model().name(),
            question,
            session,
            trace);
    return reply.flatMap(given -> read(redaction.restore(given.text()), support.catalog()));
  }

  private Optional<Intent> read(String answer, CatalogSnapshot catalog) {
    Matcher form = FORM.matcher(answer.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String words = form.group(2) == null ? "" : form.group(2).strip();
    return switch (form.group(1).toUpperCase(Locale.ROOT)) {
      case "TALK" -> Optional.of(new Intent.Talk());
      case "CATALOG" -> Optional.of(CatalogQuestion.about(words, catalog));
      case "UNANSWERABLE" ->
          Optional.of(
              new Intent.Unanswerable(
                  words.isEmpty() ? "the catalog does not hold what is asked for" : line(words)));
      case "AMBIGUOUS" -> ambiguous(words);
      default -> Optional.empty();
    };
  }

  private Optional<Intent> ambiguous(String words) {
    List<String> meanings =
        words
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("- "))
            .map(line -> line(line.substring(2)))
            .filter(line -> !line.isEmpty())
            .distinct()
            .limit(MOST_MEANINGS)
            .toList();
    if (meanings.size() < 2) {
      return Optional.empty();
    }
    meanings.forEach(meaning -> offered.put(TaughtPair.normalised(meaning), true));
    return Optional.of(new Intent.Ambiguous(meanings));
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").replace(';', ',').strip();
    return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS) : line;
  }
}
