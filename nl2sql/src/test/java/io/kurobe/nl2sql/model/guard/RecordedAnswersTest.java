package io.kurobe.nl2sql.model.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.Provider;
import io.kurobe.nl2sql.model.testing.ModelServer;
import io.kurobe.nl2sql.model.testing.Protocol;
import io.kurobe.nl2sql.model.testing.Requests;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.privacy.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedAnswersTest {
  @TempDir private Path directory;

  private static LanguageModel model(ModelSettings settings) {
    return new GuardedModels(
            Map.of("main", settings), new DayLedger(), ModelListener.NONE, Clock.systemUTC())
        .model("main");
  }

  private LanguageModel recording(ModelServer server, Path file) {
    ModelSettings live =
        Requests.settings(Protocol.OPENAI, server.url(), ModelSettings.Limits.DEFAULT);
    return model(
        new ModelSettings(
            live.provider(),
            live.model(),
            live.url(),
            live.apiKey(),
            Optional.empty(),
            Optional.of(file),
            live.limits(),
            Optional.empty(),
            Optional.empty()));
  }

  private static LanguageModel replaying(Path file) {
    return model(
        new ModelSettings(
            Provider.REPLAY,
            Optional.of("asked-1"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(file),
            Optional.empty(),
            ModelSettings.Limits.DEFAULT,
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void givesAgainWhatWasRecorded() throws IOException {
    Path file = directory.resolve("answers.jsonl");
    try (ModelServer server = ModelServer.start()) {
      server.answering(
          ModelServer.json(Protocol.OPENAI.answer("SELECT\n1 -- ü", 12, 3)),
          ModelServer.json(Protocol.OPENAI.cutOff("SELECT 2")));
      LanguageModel live = recording(server, file);
      live.ask(Requests.request("How many?", "ada", 0));
      live.ask(Requests.request("How many?", "ada", 1));
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(Files.readString(file)).doesNotContain(Requests.KEY, "You write SQL");

    LanguageModel replay = replaying(file);
    assertThat(replay.ask(Requests.request("How many?", "bob", 0)).text())
        .isEqualTo("SELECT\n1 -- ü");
    assertThat(replay.ask(Requests.request("How many?", "bob", 1)).finish())
        .isEqualTo(Finish.CUT_OFF);
    assertThat(replay.ask(Requests.request("How many?", "bob", 0)).tokens()).isEqualTo(15);
  }

  @Test
  void findsAnAnswerByItsQuestionWhereThePromptChanged() throws IOException {
    Path file = directory.resolve("answers.jsonl");
    Files.writeString(file, "{\"question\": \"How  many Stores?\", \"text\": \"SELECT 3\"}\n\n");
    LanguageModel replay = replaying(file);
    assertThat(replay.ask(Requests.request("how many stores? ")).text()).isEqualTo("SELECT 3");
    assertThatThrownBy(() -> replay.ask(Requests.request("how many shops?")))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
              assertThat(e).hasMessage("model 'main' has no answer recorded to this question");
            });
  }

  @Test
  void writesDownNoQuestionThatWasKeptFromTheModel() throws IOException {
    Path file = directory.resolve("answers.jsonl");
    String question = "orders of ada@example.org";
    Redaction redaction = ModelGate.CLOSED.redaction(text -> false);
    ModelRequest request =
        new ModelRequest(
            Requests.text(""),
            redaction.prompt().question(question).seal(),
            OptionalDouble.empty(),
            100,
            Duration.ofSeconds(20),
            0,
            "ada",
            question);
    try (ModelServer server = ModelServer.start()) {
      server.answering(ModelServer.json(Protocol.OPENAI.answer("SELECT 1", 12, 3)));
      recording(server, file).ask(request);
      assertThat(server.received().get(0).body()).doesNotContain("ada@example.org");
    }
    assertThat(Files.readString(file)).doesNotContain("ada@example.org", "orders of");
    assertThat(replaying(file).ask(request).text()).isEqualTo("SELECT 1");
  }

  @Test
  void namesTheLineThatIsNoAnswer() throws IOException {
    Path file = directory.resolve("answers.jsonl");
    Files.writeString(file, "{\"question\": \"q\", \"text\": \"SELECT 3\"}\n{\"question\": 3}\n");
    assertThatThrownBy(() -> replaying(file))
        .isInstanceOf(KurobeException.class)
        .hasMessage("model 'main': the file " + file + " is no recorded answer in line 2");
    assertThatThrownBy(() -> replaying(directory.resolve("none.jsonl")))
        .hasMessageEndingWith("none.jsonl cannot be read");
  }
}
