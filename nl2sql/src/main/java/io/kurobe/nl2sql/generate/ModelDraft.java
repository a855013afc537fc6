package io.kurobe.nl2sql.generate;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.prompt.Prompt;
import io.kurobe.planner.privacy.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Queries that a model drafts for prompts: it is asked for all of them at the same time, and what
 * it answers is read. Threads share it.
 *
 * @param name the generator's
 * @param candidates for each prompt
 * @param temperature empty means none for a single candidate, some for several
 * @param threads that wait for models, and for nothing else
 */
record ModelDraft(
    String name,
    LanguageModel model,
    int candidates,
    OptionalDouble temperature,
    ExecutorService threads) {
  private static final double VARIED = 0.8;
  private static final int MOST_TOKENS = 32_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST_REASON = 300;
  private static final String CANNOT = "CANNOT ANSWER";

  ModelDraft {
    requireNonNull(name, "name is null");
    requireNonNull(model, "model is null");
    requireNonNull(temperature, "temperature is null");
    requireNonNull(threads, "threads is null");
  }

  /**
   * What the model proposes.
   *
   * @param redaction the one the prompts were made with
   * @throws KurobeException why there is nothing
   */
  List<Proposal> propose(List<Prompt> prompts, Redaction redaction, GenerationTask task) {
    List<ModelRequest> requests = new ArrayList<>();
    for (Prompt prompt : prompts) {
      for (int sample = 0; sample < candidates; sample++) {
        requests.add(request(prompt, sample, task));
      }
    }
    Reading reading = new Reading(redaction, task);
    if (requests.size() == 1) {
      reading.read(1, () -> model.ask(requests.get(0)));
    } else {
      askAtOnce(requests, reading);
    }
    return reading.proposals();
  }

  private void askAtOnce(List<ModelRequest> requests, Reading reading) {
    List<Future<ModelReply>> replies =
        requests.stream().map(request -> threads.submit(() -> model.ask(request))).toList();
    try {
      for (int i = 0; i < replies.size(); i++) {
        Future<ModelReply> reply = replies.get(i);
        reading.read(i + 1, () -> result(reply));
      }
    } finally {
      replies.forEach(reply -> reply.cancel(true));
    }
  }

  private static ModelReply result(Future<ModelReply> reply) {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KurobeException known) {
        throw known;
      }
      throw new IllegalStateException("asking a model failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.CANCELLED, "the statement was cancelled");
    }
  }

  private ModelRequest request(Prompt prompt, int sample, GenerationTask task) {
    Duration statement = task.session().limits().queryTimeout();
    return new ModelRequest(
        prompt.system(),
        prompt.user(),
        temperature.isPresent() ? temperature : OptionalDouble.of(candidates == 1 ? 0 : VARIED),
        MOST_TOKENS,
        statement.isZero() || statement.compareTo(LONGEST) > 0 ? LONGEST : statement,
        sample,
        task.session().principal().name(),
        task.question().text());
  }

  private interface Asked {
    ModelReply reply();
  }

  /** The answers to one question while they come. */
  private final class Reading {
    private final Redaction redaction;
    private final GenerationTask task;
    private final Map<String, Proposal> proposals = new LinkedHashMap<>();
    private final List<KurobeException> failures = new ArrayList<>();
    private long since = System.nanoTime();

    Reading(Redaction redaction, GenerationTask task) {
      this.redaction = redaction;
      this.task = task;
    }

    void read(int number, Asked asked) {
      try {
        ModelReply reply = asked.reply();
        Optional<String> sql = AnsweredSql.of(reply.text()).map(redaction::restoreSql);
        if (reply.finish() == Finish.CUT_OFF) {
          failed(number, cutOff(), reply.tokens());
        } else if (sql.isEmpty() || reply.text().strip().startsWith(CANNOT)) {
          failed(number, noQuery(reply), reply.tokens());
        } else {
          step(number, sql.get(), "proposed", reply.tokens());
          // Equal proposals are as many votes: they stay apart by their number.
          proposals.put(number + " " + sql.get(), Proposal.of(name, sql.get(), reply.tokens()));
        }
      } catch (KurobeException e) {
        if (e.code() == ErrorCode.CANCELLED) {
          throw e;
        }
        failed(number, e, 0);
      }
    }

    private KurobeException cutOff() {
      return new KurobeException(
              ErrorCode.NOT_UNDERSTOOD, "model '" + model.name() + "' did not finish its query")
          .withHint("Raise the model's 'maxTokens', or ask for less at once.");
    }

    private KurobeException noQuery(ModelReply reply) {
      String text = redaction.restore(reply.text().strip());
      if (text.startsWith(CANNOT)) {
        String reason = text.substring(CANNOT.length()).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        reason = reason.startsWith(":") ? reason.substring(1).strip() : reason;
        return new KurobeException(
            ErrorCode.NOT_ANSWERABLE,
            reason.isEmpty()
                ? "the catalog does not hold what is asked for"
                : reason.substring(0, Math.min(reason.length(), MOST_REASON)));
      }
      return new KurobeException(
              ErrorCode.NOT_UNDERSTOOD, "model '" + model.name() + "' answered without a query")
          .withHint("Ask in other words.");
    }

    private void failed(int number, KurobeException failure, long tokens) {
      failures.add(failure);
      step(number, failure.getMessage(), "failed", tokens);
    }

    private void step(int number, String detail, String verdict, long tokens) {
      task.trace().add("draft", name + " " + number, detail, verdict, null, since, tokens);
      since = System.nanoTime();
    }

    List<Proposal> proposals() {
      if (proposals.isEmpty()) {
        throw failures.get(0);
      }
      return List.copyOf(proposals.values());
    }
  }
}
