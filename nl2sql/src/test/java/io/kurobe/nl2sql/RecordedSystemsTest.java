package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Suppliers;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.nl2sql.dialect.ModelForms;
import io.kurobe.nl2sql.dialect.ModelSql;
import io.kurobe.nl2sql.evaluation.RowComparison;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.select.Agreement;
import io.kurobe.nl2sql.select.Choice;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.nl2sql.validate.KnownTables;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What fourteen real systems proposed for 129 questions, through validation and selection without
 * any model: draws of seven of them must do better than their majority, and better than the best of
 * them alone.
 */
@Tag("conformance")
class RecordedSystemsTest {
  private static final int DRAWS = 200;
  private static final List<String> WEAKEST = List.of("c3", "chatgpt+cot", "dail", "resd-3B", "ta");

  private record Judged(Candidate candidate, boolean right, boolean broken) {}

  private record Asked(Recorded recorded, GenerationTask task, Map<String, Judged> candidates) {}

  @Test
  void agreementIsRightMoreOftenThanTheMajority() throws Exception {
    Path data =
        Path.of(
            System.getenv().getOrDefault("KUROBE_SHARED", "../shared"), "data", "bird-superhero");
    assumeTrue(Files.isDirectory(data), "the questions are not on this machine: set KUROBE_SHARED");
    PostgresServer.Database database =
        PostgresServer.database("superhero", Files.readString(data.resolve("superhero.sql")));
    SourceConfig config = config(database);
    AtomicReference<QuestionSupport> offered = new AtomicReference<>();
    try (Federation federation =
        Federation.of(
            List.of(config),
            List.of(),
            (question, session, support) -> {
              offered.set(support);
              throw new IllegalStateException("only the support is wanted");
            })) {
      try {
        federation.planner().plan(federation.session(), "ASK 'anything'");
      } catch (RuntimeException e) {
        // As said above.
      }
      QuestionSupport support = new RememberedProbes(offered.get());
      List<Asked> questions = new ArrayList<>();
      for (Recorded recorded : Recorded.read(data.resolve("questions.jsonl"))) {
        questions.add(asked(recorded, federation, support));
      }
      report(questions);
    }
  }

  private static SourceConfig config(PostgresServer.Database database) {
    var plain = SourceConfig.ofUrl("superhero", "postgres", database.url(), database.user());
    return new SourceConfig(
        plain.name(),
        plain.type(),
        plain.url(),
        plain.path(),
        plain.user(),
        plain.password(),
        plain.schemas(),
        Optional.of("superhero"),
        plain.poolSize(),
        plain.poolIdle(),
        plain.timeout(),
        plain.numericScale(),
        plain.models(),
        plain.selection(),
        plain.tables());
  }

  private static Asked asked(Recorded recorded, Federation federation, QuestionSupport support) {
    Map<String, String> options =
        Boolean.getBoolean("kurobe.questions.bare")
            ? Map.of()
            : Map.of("evidence", recorded.said());
    var task =
        new GenerationTask(
            new Question(recorded.question(), List.of(), List.of(), options),
            federation.session(),
            support,
            Suppliers.memoize(
                () -> {
                  throw new IllegalStateException("no schema is needed");
                }),
            new Trace());
    var validator = new CandidateValidator();
    Map<String, Judged> candidates = new HashMap<>();
    for (Map.Entry<String, String> each : recorded.candidates().entrySet()) {
      try {
        Candidate candidate =
            validator.translated(
                Proposal.of(each.getKey(), each.getValue(), 0), task, validator.tables(task));
        boolean right = isRight(recorded, candidate.tree(), candidate.bound(), support);
        boolean broken =
            !right
                && !candidate.repairs().isEmpty()
                && isRightUnmended(recorded, each.getValue(), validator.tables(task), support);
        candidates.put(each.getKey(), new Judged(candidate, right, broken));
      } catch (KurobeException e) {
        System.out.println(recorded.id() + " " + each.getKey() + ": " + e.getMessage());
      }
    }
    return new Asked(recorded, task, candidates);
  }

  private static boolean isRightUnmended(
      Recorded recorded, String sql, KnownTables tables, QuestionSupport support) {
    try {
      SqlNode tree = ModelForms.translate(support.parse(ModelSql.translate(sql, tables::isName)));
      return isRight(recorded, tree, support.bind(tree), support);
    } catch (KurobeException e) {
      return false;
    }
  }

  private static boolean isRight(
      Recorded recorded, SqlNode tree, BoundQuestion bound, QuestionSupport support) {
    try {
      Probe probe = support.probe(tree, bound, 5_000, Duration.ofSeconds(5)).orElseThrow();
      return RowComparison.same(recorded.rows(), probe.rows(), recorded.ordered());
    } catch (KurobeException e) {
      return false;
    }
  }

  private static void report(List<Asked> questions) {
    List<String> systems =
        new ArrayList<>(new TreeMap<>(questions.get(0).recorded().candidates()).keySet());
    for (String system : systems) {
      long right =
          questions.stream()
              .filter(q -> q.candidates().containsKey(system))
              .filter(q -> q.candidates().get(system).right())
              .count();
      System.out.printf(Locale.ROOT, "%s alone: %.1f%n", system, 100.0 * right / questions.size());
    }
    var random = new Random(20_261);
    double sum = 0;
    double majority = 0;
    double least = 100;
    double worstLoss = 0;
    var sure = new int[2];
    int all = 0;
    Map<String, int[]> bins = new TreeMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      List<String> drawn = new ArrayList<>(systems);
      Collections.shuffle(drawn, random);
      drawn = drawn.subList(0, 7);
      int right = 0;
      int most = 0;
      for (Asked question : questions) {
        Choice choice = choose(question, drawn);
        boolean good = choice != null && right(question, choice);
        right += good ? 1 : 0;
        most += byMajority(question, drawn) ? 1 : 0;
        if (choice != null) {
          all++;
          int[] bin =
              bins.computeIfAbsent(
                  String.format(Locale.ROOT, "%.1f", Math.floor(choice.confidence() * 10) / 10),
                  key -> new int[2]);
          bin[0]++;
          bin[1] += good ? 1 : 0;
          if (choice.confidence() >= 0.9) {
            sure[0]++;
            sure[1] += good ? 1 : 0;
          }
        }
      }
      double share = 100.0 * right / questions.size();
      double mostShare = 100.0 * most / questions.size();
      sum += share;
      majority += mostShare;
      least = Math.min(least, share);
      worstLoss = Math.max(worstLoss, mostShare - share);
    }
    long weak = questions.stream().filter(q -> good(q, WEAKEST)).count();
    long whole = questions.stream().filter(q -> good(q, systems)).count();
    double mean = sum / DRAWS;
    double weakest = 100.0 * weak / questions.size();
    double surely = 100.0 * sure[1] / sure[0];
    double often = 100.0 * sure[0] / all;
    System.out.printf(
        Locale.ROOT,
        "mean %.2f least %.2f majority %.2f worst loss %.2f weakest five %.2f all %.2f%n",
        mean,
        least,
        majority / DRAWS,
        worstLoss,
        weakest,
        100.0 * whole / questions.size());
    System.out.printf(Locale.ROOT, "confidence >= 0.9: right %.1f on %.1f%n", surely, often);
    bins.forEach(
        (bin, count) ->
            System.out.printf(
                Locale.ROOT, "  %s: %d right %.2f%n", bin, count[0], (double) count[1] / count[0]));
    assertThat(questions).noneMatch(q -> q.candidates().values().stream().anyMatch(Judged::broken));
    assertThat(mean).isGreaterThanOrEqualTo(88.0);
    assertThat(worstLoss).isLessThanOrEqualTo(1.0);
    assertThat(weakest).isGreaterThanOrEqualTo(82.0);
    assertThat(surely).isGreaterThanOrEqualTo(95.0);
    assertThat(often).isGreaterThanOrEqualTo(50.0);
  }

  private static boolean good(Asked question, List<String> drawn) {
    Choice choice = choose(question, drawn);
    return choice != null && right(question, choice);
  }

  private static boolean right(Asked question, Choice choice) {
    return question.candidates().get(choice.candidate().proposal().generator()).right();
  }

  private static Choice choose(Asked question, List<String> drawn) {
    List<Candidate> candidates = new ArrayList<>();
    for (String system : drawn) {
      Judged judged = question.candidates().get(system);
      if (judged != null) {
        candidates.add(judged.candidate());
      }
    }
    if (candidates.isEmpty()) {
      return null;
    }
    var task =
        new GenerationTask(
            question.task().question(),
            question.task().session(),
            question.task().support(),
            question.task().schema(),
            new Trace());
    return new Agreement().select(candidates, drawn.size(), task);
  }

  /** Whether what most of the drawn give, as it was proposed, is right. */
  private static boolean byMajority(Asked question, List<String> drawn) {
    Map<Object, List<String>> groups = new LinkedHashMap<>();
    for (String system : drawn) {
      Judged judged = question.candidates().get(system);
      if (judged == null) {
        continue;
      }
      try {
        Probe probe =
            question
                .task()
                .support()
                .probe(
                    judged.candidate().tree(),
                    judged.candidate().bound(),
                    5_000,
                    Duration.ofSeconds(5))
                .orElseThrow();
        groups.computeIfAbsent(probe, some -> new ArrayList<>()).add(system);
      } catch (KurobeException e) {
        // It has no rows to agree on.
      }
    }
    return groups.values().stream()
        .reduce((one, other) -> other.size() > one.size() ? other : one)
        .map(systems -> question.candidates().get(systems.get(0)).right())
        .orElse(false);
  }
}
