package io.kurobe.nl2sql.model.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.testing.ModelServer;
import io.kurobe.nl2sql.model.testing.ModelServer.Answer;
import io.kurobe.nl2sql.model.testing.Protocol;
import io.kurobe.nl2sql.model.testing.Requests;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every provider, over HTTP, with answers good and bad. */
@Timeout(60)
class RemoteModelTest {
  private final ModelServer server = ModelServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private LanguageModel model(Protocol protocol) {
    ModelSettings settings =
        Requests.settings(protocol, server.url(), ModelSettings.Limits.DEFAULT);
    return new Providers().model("main", settings);
  }

  private ModelReply ask(Protocol protocol, Answer... answers) {
    server.answering(answers);
    return model(protocol).ask(Requests.request("how many?"));
  }

  private ModelFailure failure(Protocol protocol, Answer... answers) {
    return failure(protocol, Duration.ofSeconds(20), answers);
  }

  private ModelFailure failure(Protocol protocol, Duration timeout, Answer... answers) {
    server.answering(answers);
    LanguageModel model = model(protocol);
    ModelFailure failure =
        catchThrowableOfType(
            ModelFailure.class, () -> model.ask(Requests.request("how many?").within(timeout)));
    assertThat(failure).isNotNull();
    assertThat(failure.getCause()).isNull();
    assertThat(failure.getMessage()).doesNotContain(Requests.KEY, "how many");
    return failure;
  }

  @ParameterizedTest
  @EnumSource
  void asksAndCountsTokens(Protocol protocol) {
    ModelReply reply =
        ask(protocol, ModelServer.json(protocol.answer("SELECT 'é' AS \"名\"", 120, 7)));

    assertThat(reply)
        .isEqualTo(new ModelReply("SELECT 'é' AS \"名\"", 120, 7, Finish.COMPLETE, reply.model()));
    assertThat(reply.model()).isEqualTo("served-1");
    assertThat(server.received()).hasSize(1);
    ModelServer.Received received = server.received().get(0);
    assertThat(received.path()).isEqualTo(protocol.path());
    assertThat(received.body())
        .contains("You write SQL.", "The question: how many?", "0.25", "1000")
        .doesNotContain("ada", Requests.KEY);
    if (!protocol.keyHeader().isEmpty()) {
      assertThat(received.headers())
          .containsEntry(protocol.keyHeader().toLowerCase(), protocol.keyPrefix() + Requests.KEY);
      assertThat(received.path()).doesNotContain(Requests.KEY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhenAnAnswerHitItsLength(Protocol protocol) {
    assertThat(ask(protocol, ModelServer.json(protocol.cutOff("SELECT"))).finish())
        .isEqualTo(Finish.CUT_OFF);
  }

  @ParameterizedTest
  @EnumSource
  void givesAnEmptyAnswerAsOne(Protocol protocol) {
    assertThat(ask(protocol, ModelServer.json(protocol.answer("", 9, 0))).text()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void waitsNoLongerThanItMay(Protocol protocol) {
    Answer late = ModelServer.after(10_000, ModelServer.json(protocol.answer("SELECT 1", 1, 1)));
    long since = System.nanoTime();
    assertThat(failure(protocol, Duration.ofMillis(400), late).kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(failure(protocol, Duration.ofMillis(400), ModelServer.dripping()).kind())
        .isEqualTo(Kind.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @EnumSource
  void noticesAnAnswerThatIsCutOff(Protocol protocol) {
    ModelFailure failure =
        failure(protocol, ModelServer.cutOff(protocol.answer("SELECT 1 + 1 + 1 + 1", 1, 1)));
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @ParameterizedTest
  @EnumSource
  void noticesWhatIsNotOfTheProtocol(Protocol protocol) {
    String answer = protocol.answer("SELECT 1", 1, 1);
    for (String body :
        new String[] {
          "{\"choices\":[{\"mess",
          "<html><body>Welcome to the proxy</body></html>",
          "",
          "{}",
          "[]",
          "null",
          answer.substring(0, answer.length() / 2)
        }) {
      assertThat(failure(protocol, ModelServer.json(body)).kind())
          .as(body)
          .isEqualTo(Kind.MALFORMED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"OLLAMA"},
      mode = EnumSource.Mode.EXCLUDE)
  void tellsARefusalFromAnAnswer(Protocol protocol) {
    server.answering(ModelServer.json(protocol.refusal()));
    try {
      ModelReply reply = model(protocol).ask(Requests.request("how many?"));
      assertThat(reply.text()).isEmpty();
      assertThat(reply.finish()).isEqualTo(Finish.REFUSED);
    } catch (ModelFailure e) {
      assertThat(e.kind()).isEqualTo(Kind.REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesRefusedKeysWithoutShowingThem(Protocol protocol) {
    String quoting = protocol.error("Incorrect API key provided: " + Requests.KEY);
    for (int status : new int[] {401, 403}) {
      ModelFailure failure = failure(protocol, ModelServer.status(status, quoting));
      assertThat(failure.kind()).isEqualTo(Kind.KEY_REFUSED);
      assertThat(failure).hasMessage("refused the key: HTTP status " + status);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatTheProviderSaysOfARequestItRefuses(Protocol protocol) {
    ModelFailure failure =
        failure(
            protocol,
            ModelServer.status(
                404, protocol.error("no model asked-1;\n key sk-other-1234567 is fine")));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure)
        .hasMessage("answered with HTTP status 404: no model asked-1; key *** is fine");
  }

  @ParameterizedTest
  @EnumSource
  void readsHowLongToWait(Protocol protocol) {
    ModelFailure limited =
        failure(protocol, ModelServer.status(429, protocol.error("slow"), "Retry-After", "7"));
    assertThat(limited.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7));
    ModelFailure dated =
        failure(
            protocol, ModelServer.status(503, "", "Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"));
    assertThat(dated.kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(dated.retryAfter()).contains(Duration.ZERO);
    assertThat(failure(protocol, ModelServer.status(529, "x")).retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsAnAnswerOfNearlyAMegabyteAndNoLongerOne(Protocol protocol) {
    String long1 = "x".repeat(1_000_000);
    assertThat(ask(protocol, ModelServer.json(protocol.answer(long1, 1, 1))).text())
        .isEqualTo(long1);
    String longer = "x".repeat(Exchange.MOST_BYTES);
    assertThat(failure(protocol, ModelServer.json(protocol.answer(longer, 1, 1))).kind())
        .isEqualTo(Kind.TOO_LARGE);
  }

  @ParameterizedTest
  @EnumSource
  void asksAgainWithoutATemperatureWhereNoneIsTaken(Protocol protocol) {
    Answer refused =
        ModelServer.status(400, protocol.error("Unsupported value: 'temperature' is fixed"));
    Answer right = ModelServer.json(protocol.answer("SELECT 1", 1, 1));
    server.answering(refused, right);
    LanguageModel model = model(protocol);
    assertThat(model.ask(Requests.request("one")).text()).isEqualTo("SELECT 1");
    assertThat(model.ask(Requests.request("two")).text()).isEqualTo("SELECT 1");
    assertThat(server.received()).hasSize(3);
    assertThat(server.received().get(1).body()).doesNotContain("0.25");
    assertThat(server.received().get(2).body()).doesNotContain("0.25");
  }

  @ParameterizedTest
  @EnumSource
  void takesTheKeyNowhereElse(Protocol protocol) {
    try (ModelServer other = ModelServer.start()) {
      ModelFailure failure =
          failure(protocol, ModelServer.status(307, "", "Location", other.url() + "/v1/x"));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(other.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatNobodyListens(Protocol protocol) {
    server.close();
    ModelFailure failure = failure(protocol, ModelServer.json("{}"));
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessage("cannot be reached");
  }

  @ParameterizedTest
  @EnumSource
  void stopsWaitingWhenTheStatementIsCancelled(Protocol protocol) {
    Thread.currentThread().interrupt();
    ModelFailure failure = failure(protocol, ModelServer.after(5_000, ModelServer.json("{}")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
  }
}
