package io.kurobe.server.command;

import io.kurobe.nl2sql.evaluation.Folds;
import io.kurobe.nl2sql.evaluation.Scorecard;
import io.kurobe.nl2sql.evaluation.ScoredAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code kurobe eval}: how many questions with known rows a gateway answers rightly. */
@CommandLine.Command(
    name = "eval",
    description = "Ask a gateway questions whose rows are known, and count what is right.")
public final class EvalCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private ClientOptions client;

  @Option(
      names = "--questions",
      required = true,
      paramLabel = "FILE",
      description =
          "JSON lines: question, rows, and where wanted id, source, evidence, ordered, candidates.")
  private Path questions = Path.of("questions.jsonl");

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The source they are about, or SOURCE.SCHEMA; else each line's own.")
  private @Nullable String source;

  @Option(
      names = "--generators",
      split = ",",
      paramLabel = "NAME",
      description = "The generators to ask; else all that are configured.")
  private List<String> generators = new ArrayList<>();

  @Option(names = "--together-only", description = "Do not ask each generator alone besides.")
  private boolean togetherOnly;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "Write id, sql, columns, rows, confidence, ms and error, a JSON line each.")
  private @Nullable Path predictions;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as HTML.")
  private @Nullable Path report;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Connection connection = client.connect()) {
      List<EvalQuestion> asked = EvalQuestion.read(questions, Optional.ofNullable(source));
      EvalReport figures = evaluate(asked, new EvalRun(connection), err);
      figures.lines().forEach(out::println);
      if (report != null) {
        Files.writeString(report, figures.html(questions.getFileName().toString()));
      }
      return CommandLine.ExitCode.OK;
    } catch (SQLException e) {
      StatementRunner.report(e, err);
      return CommandLine.ExitCode.SOFTWARE;
    } catch (IOException e) {
      err.println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private EvalReport evaluate(List<EvalQuestion> asked, EvalRun run, PrintWriter err)
      throws IOException {
    List<ScoredAnswer> together = new ArrayList<>();
    Map<String, List<ScoredAnswer>> alone = new LinkedHashMap<>();
    List<EvalReport.Miss> misses = new ArrayList<>();
    int mended = 0;
    int broken = 0;
    boolean watched = Terminal.console().isPresent();
    try (PredictionFile file = PredictionFile.of(predictions)) {
      for (int i = 0; i < asked.size(); i++) {
        EvalQuestion question = asked.get(i);
        EvalRun.Prediction prediction = run.ask(question, generators);
        file.write(prediction);
        EvalRun.Steps steps = run.steps(question, generators);
        if (question.rows().isPresent()) {
          ScoredAnswer scored = EvalRun.scored(prediction, steps);
          together.add(scored);
          if (!scored.right()) {
            misses.add(EvalReport.Miss.of(prediction));
          }
        }
        if (!togetherOnly && steps.generators().size() > 1) {
          for (String name : steps.generators()) {
            EvalRun.Prediction own = run.ask(question, List.of(name));
            alone
                .computeIfAbsent(name, key -> new ArrayList<>())
                .add(EvalRun.scored(own, run.steps(question, List.of(name))));
            String candidate = question.candidates().get(name);
            if (candidate != null) {
              boolean asItWas = run.run(question, candidate).isRight();
              mended += own.isRight() && !asItWas ? 1 : 0;
              broken += asItWas && !own.isRight() ? 1 : 0;
            }
          }
        }
        if (watched) {
          err.printf("\r%d of %d questions", i + 1, asked.size());
          err.flush();
        }
      }
    }
    if (watched) {
      err.println();
    }
    return new EvalReport(
        new Scorecard(together),
        cards(alone),
        cards(parts(asked, together)),
        misses,
        mended,
        broken);
  }

  private static Map<String, Scorecard> cards(Map<String, List<ScoredAnswer>> answers) {
    Map<String, Scorecard> cards = new LinkedHashMap<>();
    answers.forEach((name, some) -> cards.put(name, new Scorecard(some)));
    return cards;
  }

  /** The answers by the kinds of known queries, and by folds where there are enough databases. */
  private static Map<String, List<ScoredAnswer>> parts(
      List<EvalQuestion> asked, List<ScoredAnswer> answers) {
    Map<String, List<ScoredAnswer>> parts = new TreeMap<>();
    Map<String, Integer> folds =
        Folds.of(asked.stream().flatMap(each -> each.source().stream()).toList());
    int at = 0;
    for (EvalQuestion question : asked) {
      if (question.rows().isEmpty()) {
        continue;
      }
      ScoredAnswer answer = answers.get(at++);
      question
          .kind()
          .ifPresent(
              kind -> parts.computeIfAbsent("kind " + kind, k -> new ArrayList<>()).add(answer));
      if (folds.size() >= 2 * Folds.NUMBER) {
        question
            .source()
            .ifPresent(
                source ->
                    parts
                        .computeIfAbsent("fold " + folds.get(source), k -> new ArrayList<>())
                        .add(answer));
      }
    }
    return parts;
  }
}
