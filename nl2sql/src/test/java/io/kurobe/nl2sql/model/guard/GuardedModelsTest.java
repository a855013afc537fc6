package io.kurobe.nl2sql.model.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.ModelSettings.Limits;
import io.kurobe.nl2sql.model.ModelSettings.Price;
import io.kurobe.nl2sql.model.testing.ModelServer;
import io.kurobe.nl2sql.model.testing.ModelServer.Answer;
import io.kurobe.nl2sql.model.testing.Protocol;
import io.kurobe.nl2sql.model.testing.Requests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands before models, over HTTP on loopback. */
@Timeout(60)
class GuardedModelsTest {
  private static final Duration REST = Duration.ofMillis(1_500);
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private static final class Heard implements ModelListener {
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void answered(String model, String asker, Duration took, ModelReply reply, double cost) {
      events.add(model + " answered, cost " + cost);
    }

    @Override
    public void failed(String model, String asker, Duration took, ModelFailure.Kind kind) {
      events.add(model + " failed: " + kind);
    }

    @Override
    public void retried(String model) {
      events.add(model + " retried");
    }

    @Override
    public void fellBack(String from, String to) {
      events.add(from + " fell back to " + to);
    }

    @Override
    public void resting(String model, boolean rests) {
      events.add(model + (rests ? " rests" : " is asked again"));
    }
  }

  private final ModelServer server = ModelServer.start();
  private final Heard heard = new Heard();
  private final DayLedger ledger = new DayLedger();

  @AfterEach
  void stop() {
    server.close();
  }

  private LanguageModel model(Protocol protocol, Limits limits) {
    return models(Map.of("main", Requests.settings(protocol, server.url(), limits)), NOON)
        .model("main");
  }

  private GuardedModels models(Map<String, ModelSettings> settings, Clock clock) {
    return new GuardedModels(settings, ledger, heard, clock, REST);
  }

  private static KurobeException refused(LanguageModel model, ModelRequest request) {
    KurobeException refused = catchThrowableOfType(KurobeException.class, () -> model.ask(request));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
    assertThat(refused.hint()).isPresent();
    assertThat(refused.getMessage() + refused.hint()).doesNotContain(Requests.KEY);
    return refused;
  }

  private static Answer right(Protocol protocol) {
    return ModelServer.json(protocol.answer("SELECT 1", 100, 20));
  }

  @ParameterizedTest
  @EnumSource
  void waitsAsLongAsItIsToldAndAsksAgain(Protocol protocol) {
    server.answering(
        ModelServer.status(429, protocol.error("slow"), "Retry-After", "1"), right(protocol));
    long since = System.nanoTime();
    ModelReply reply =
        model(protocol, Requests.limits(Duration.ofSeconds(20), 2)).ask(Requests.request("q"));
    assertThat(reply.text()).isEqualTo("SELECT 1");
    assertThat(Duration.ofNanos(System.nanoTime() - since))
        .isBetween(Duration.ofMillis(950), Duration.ofSeconds(10));
    assertThat(server.received()).hasSize(2);
    assertThat(heard.events).containsExactly("main retried", "main answered, cost 0.0");
  }

  @Test
  void whoIsCancelledInAPauseAsksNoOtherModel() throws Exception {
    Protocol protocol = Protocol.values()[0];
    server.answering(ModelServer.status(429, protocol.error("slow"), "Retry-After", "15"));
    Limits limits = Requests.limits(Duration.ofSeconds(20), 2);
    ModelSettings plain = Requests.settings(protocol, server.url(), limits);
    ModelSettings main =
        new ModelSettings(
            plain.provider(),
            plain.model(),
            plain.url(),
            plain.apiKey(),
            plain.file(),
            plain.record(),
            plain.limits(),
            plain.price(),
            Optional.of("other"));
    LanguageModel model = models(Map.of("main", main, "other", plain), NOON).model("main");
    var failure = new CompletableFuture<Throwable>();
    Thread asking =
        new Thread(
            () -> {
              try {
                model.ask(Requests.request("q"));
              } catch (RuntimeException e) {
                failure.complete(e);
              }
            });
    asking.start();
    while (server.received().isEmpty()) {
      Thread.sleep(10);
    }
    Thread.sleep(300);
    long since = System.nanoTime();
    asking.interrupt();
    assertThat(failure.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
    assertThat(server.received()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void asksAgainWhatFailedByItselfAndNothingElse(Protocol protocol) {
    LanguageModel model = model(protocol, Requests.limits(Duration.ofSeconds(20), 1));
    server.answering(ModelServer.status(500, "oops"), right(protocol));
    assertThat(model.ask(Requests.request("q")).text()).isEqualTo("SELECT 1");
    assertThat(server.received()).hasSize(2);
    for (Answer answer :
        List.of(
            ModelServer.status(400, protocol.error("bad")),
            ModelServer.status(401, "{}"),
            ModelServer.json("no"))) {
      int before = server.received().size();
      server.answering(answer);
      refused(model, Requests.request("q"));
      assertThat(server.received()).hasSize(before + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesAModelAloneThatKeepsFailingAndTriesItAgainLater(Protocol protocol)
      throws InterruptedException {
    LanguageModel model = model(protocol, Requests.limits(Duration.ofSeconds(20), 0));
    server.answering(ModelServer.status(500, "oops"));
    for (int i = 0; i < 5; i++) {
      assertThat(refused(model, Requests.request("q")))
          .hasMessage("model 'main' answered with HTTP status 500");
    }
    assertThat(refused(model, Requests.request("q")))
        .hasMessage("model 'main' failed too often lately and is left alone for a while");
    assertThat(server.received()).hasSize(5);
    assertThat(heard.events).contains("main rests");

    server.answering(right(protocol));
    Thread.sleep(REST.toMillis() + 100);
    assertThat(model.ask(Requests.request("q")).text()).isEqualTo("SELECT 1");
    assertThat(model.ask(Requests.request("q")).text()).isEqualTo("SELECT 1");
  }

  @Test
  void keepsAllAttemptsInsideOfItsTime() {
    server.answering(ModelServer.status(429, "{}", "Retry-After", "30"));
    long since = System.nanoTime();
    LanguageModel model = model(Protocol.OPENAI, Requests.limits(Duration.ofSeconds(20), 5));
    assertThat(refused(model, Requests.request("q")))
        .hasMessage("model 'main' is asked too often: HTTP status 429");
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(15));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void asksTheNextModelWhereOneGivesNoAnswer() {
    try (ModelServer second = ModelServer.start()) {
      Limits limits = Requests.limits(Duration.ofSeconds(20), 0);
      LanguageModel model =
          models(
                  Map.of(
                      "main",
                      fallingBack(
                          Requests.settings(Protocol.ANTHROPIC, server.url(), limits), "local"),
                      "local",
                      fallingBack(
                          Requests.settings(Protocol.OLLAMA, second.url(), limits), "main")),
                  NOON)
              .model("main");
      server.answering(ModelServer.status(401, "{}"));
      second.answering(right(Protocol.OLLAMA), ModelServer.status(404, "{}"));
      assertThat(model.ask(Requests.request("q")).text()).isEqualTo("SELECT 1");
      assertThat(heard.events)
          .containsExactly(
              "main failed: KEY_REFUSED", "main fell back to local", "local answered, cost 0.0");
      assertThat(refused(model, Requests.request("q")))
          .hasMessage(
              "model 'main' refused the key: HTTP status 401; its fall-back 'local' answered with"
                  + " HTTP status 404");
    }
  }

  private static ModelSettings fallingBack(ModelSettings from, String to) {
    return new ModelSettings(
        from.provider(),
        from.model(),
        from.url(),
        from.apiKey(),
        from.file(),
        from.record(),
        from.limits(),
        Optional.of(new Price(0, 0)),
        Optional.of(to));
  }

  @Test
  void spendsNoMoreThanItsTokensADay() {
    server.answering(right(Protocol.OPENAI));
    Limits limits =
        new Limits(Duration.ofSeconds(20), 0, 4, 500, OptionalLong.of(200), OptionalLong.of(400));
    ModelSettings settings = Requests.settings(Protocol.OPENAI, server.url(), limits);
    LanguageModel model = models(Map.of("main", settings), NOON).model("main");
    model.ask(Requests.request("q", "ada", 0));
    model.ask(Requests.request("q", "ada", 1));
    assertThat(refused(model, Requests.request("q", "ada", 2)))
        .hasMessage("model 'main' was not asked: your tokens of the day are spent, 240 of 200");
    model.ask(Requests.request("q", "bob", 0));
    model.ask(Requests.request("q", "bob", 1));
    assertThat(refused(model, Requests.request("q", "cyd", 0)))
        .hasMessage("model 'main' was not asked: the day's tokens are spent, 480 of 400");
    assertThat(server.received()).hasSize(4);

    Clock tomorrow = Clock.offset(NOON, Duration.ofHours(12));
    models(Map.of("main", settings), tomorrow).model("main").ask(Requests.request("q", "ada", 3));
    assertThat(server.received()).hasSize(5);
  }

  @Test
  void countsWhatAnswersCost() {
    server.answering(right(Protocol.GEMINI));
    ModelSettings settings =
        Requests.settings(
            Protocol.GEMINI, server.url(), Requests.limits(Duration.ofSeconds(20), 0));
    ModelReply reply =
        models(Map.of("main", settings), NOON).model("main").ask(Requests.request("q"));
    assertThat(new Price(3, 15).of(reply)).isEqualTo(0.0006, within(1e-12));
  }

  @Test
  void asksSoManyThingsAtATime() {
    server.answering(ModelServer.after(1_000, right(Protocol.OPENAI_COMPATIBLE)));
    Limits limits =
        new Limits(Duration.ofMillis(2_800), 0, 1, 500, OptionalLong.empty(), OptionalLong.empty());
    LanguageModel model =
        models(
                Map.of("main", Requests.settings(Protocol.OPENAI_COMPATIBLE, server.url(), limits)),
                NOON)
            .model("main");
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<CompletableFuture<String>> asked = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        asked.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return model.ask(Requests.request("q")).text();
                  } catch (KurobeException e) {
                    return e.getMessage();
                  }
                },
                threads));
      }
      List<String> outcomes = asked.stream().map(CompletableFuture::join).toList();
      assertThat(outcomes).contains("SELECT 1");
      assertThat(outcomes).anyMatch(text -> text.contains("no turn free") || text.contains("gave"));
      assertThat(server.received().size()).isLessThan(6);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void allowsShorterAnswersThanAreAskedFor() {
    server.answering(right(Protocol.ANTHROPIC));
    model(Protocol.ANTHROPIC, Requests.limits(Duration.ofSeconds(20), 0))
        .ask(Requests.request("q"));
    assertThat(server.received().get(0).body()).contains("500").doesNotContain("1000");
  }
}
