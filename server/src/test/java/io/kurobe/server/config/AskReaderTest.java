package io.kurobe.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.generate.SchemaChoice;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.ModelSettings.Limits;
import io.kurobe.nl2sql.model.ModelSettings.Price;
import io.kurobe.nl2sql.model.Provider;
import io.kurobe.server.config.AskSettings.Generator;
import io.kurobe.server.config.AskSettings.Kind;
import io.kurobe.server.config.Configuration.Invalid;
import io.kurobe.server.config.Configuration.Valid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AskReaderTest {
  private static final Path DIRECTORY = Path.of("/etc/kurobe");

  private final ConfigurationReader reader =
      new ConfigurationReader(
          Map.of("KEY", "sk-opensesame"),
          ServiceLoader.load(io.kurobe.adapters.source.SourceFactory.class));

  private Configuration.Reading read(String ask) {
    return reader.read("kurobe.yaml", "sources: {a: {type: duckdb, path: x}}\n" + ask, DIRECTORY);
  }

  private AskSettings valid(String ask) {
    Configuration.Reading read = read(ask);
    assertThat(read).isInstanceOf(Valid.class);
    return ((Valid) read).configuration().ask();
  }

  private List<String> problems(String ask) {
    Configuration.Reading read = read(ask);
    assertThat(read).isInstanceOf(Invalid.class);
    return ((Invalid) read).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsWhatElseModelsDo() {
    String models = "ask:\n  models: {main: {provider: ollama, model: m}}\n";
    assertThat(
            valid(
                    models
                        + "  agents:\n    repair: {model: main}\n"
                        + "    selection: {model: main, prompt: judge.txt}\n")
                .agents())
        .isEqualTo(
            Map.of(
                AskSettings.Step.REPAIR,
                new AskSettings.Agent("main", Optional.empty()),
                AskSettings.Step.SELECTION,
                new AskSettings.Agent("main", Optional.of(DIRECTORY.resolve("judge.txt")))));
    assertThat(
            problems(
                models
                    + "  agents:\n    repair: {model: mian}\n    intent: {prompt: x}\n"
                    + "    judge: {model: main}\n"))
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).contains("mian", "did you mean 'main'?"))
        .anySatisfy(problem -> assertThat(problem).contains("'model' is missing"))
        .anySatisfy(problem -> assertThat(problem).contains("judge"));
  }

  @Test
  void readsModelsAndGenerators() {
    AskSettings ask =
        valid(
            """
            ask:
              models:
                main: {provider: anthropic, model: m-1, apiKey: "${env:KEY}", timeout: 20s, retries: 0,
                  concurrency: 2, maxTokens: 900, tokensPerUserPerDay: 1000, tokensPerDay: 20000,
                  pricePerMillion: {in: 3, out: 0.25}, fallback: local, record: out/main.jsonl}
                local: {provider: openai-compatible, model: q, url: "http://127.0.0.1:8000/v1"}
                tape: {provider: replay, file: tape.jsonl}
              generators:
                - {type: in-context, model: main, candidates: 3, temperature: 0.4, schema: both}
                - {type: fine-tuned, name: xiyan, model: local, prompt: xiyan.txt}
                - {type: replay, file: queries.jsonl}
                - {type: offline}
            """);
    assertThat(ask.models().get("main"))
        .isEqualTo(
            new ModelSettings(
                Provider.ANTHROPIC,
                Optional.of("m-1"),
                Optional.empty(),
                Optional.of("sk-opensesame"),
                Optional.empty(),
                Optional.of(DIRECTORY.resolve("out/main.jsonl")),
                new Limits(
                    Duration.ofSeconds(20),
                    0,
                    2,
                    900,
                    OptionalLong.of(1_000),
                    OptionalLong.of(20_000)),
                Optional.of(new Price(3, 0.25)),
                Optional.of("local")));
    assertThat(ask.models().get("local").limits()).isEqualTo(Limits.DEFAULT);
    assertThat(ask.models().get("tape").file()).contains(DIRECTORY.resolve("tape.jsonl"));
    assertThat(ask.toString()).doesNotContain("opensesame");
    assertThat(ask.generators())
        .containsExactly(
            new Generator(
                Kind.IN_CONTEXT,
                "in-context",
                Optional.of("main"),
                3,
                OptionalDouble.of(0.4),
                Optional.empty(),
                Optional.empty(),
                SchemaChoice.BOTH),
            new Generator(
                Kind.FINE_TUNED,
                "xiyan",
                Optional.of("local"),
                1,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(DIRECTORY.resolve("xiyan.txt")),
                SchemaChoice.FULLER),
            new Generator(
                Kind.REPLAY,
                "replay",
                Optional.empty(),
                1,
                OptionalDouble.empty(),
                Optional.of(DIRECTORY.resolve("queries.jsonl")),
                Optional.empty(),
                SchemaChoice.FULLER),
            AskSettings.OFFLINE);
  }

  @Test
  void reportsEveryMistakeOfModelsWithItsLine() {
    assertThat(
            problems(
                """
                ask:
                  models:
                    a: {provider: antropic, model: m}
                    b: {provider: openai}
                    c: {provider: openai-compatible, model: m}
                    d: {provider: ollama, model: m, url: "localhost:11434", colour: red}
                    e: {provider: replay, url: "http://x/"}
                    f: {provider: ollama, model: m, fallback: g}
                    g: {provider: ollama, model: m, fallback: f, timeout: 1h, tokensPerDay: 0}
                    h: {provider: ollama, model: m, fallback: hh, pricePerMillion: {in: -1}}
                    i: {model: m, file: f}
                """))
        .containsExactly(
            "kurobe.yaml:4: unknown provider 'antropic'; there are anthropic, gemini, ollama,"
                + " openai, openai-compatible, replay; did you mean 'anthropic'?",
            "kurobe.yaml:5: 'model' is missing: the name that provider openai has for it",
            "kurobe.yaml:5: 'apiKey' is missing; keep it out of the file with ${env:NAME}",
            "kurobe.yaml:6: 'url' is missing, such as http://127.0.0.1:8000/v1",
            "kurobe.yaml:7: 'url' must be such as https://host/v1",
            "kurobe.yaml:7: unknown key 'colour'; known here: provider, model, url, apiKey, file,"
                + " record, timeout, retries, concurrency, maxTokens, tokensPerUserPerDay,"
                + " tokensPerDay, pricePerMillion, fallback",
            "kurobe.yaml:8: 'file' is missing; provider replay reads recorded answers from one",
            "kurobe.yaml:8: provider replay has a 'file', not a 'url'",
            "kurobe.yaml:9: 'fallback' of 'f' leads back to 'f'",
            "kurobe.yaml:10: 'timeout' must be a duration such as 30s, 10m at most, not '1h'",
            "kurobe.yaml:10: 'tokensPerDay' must be a whole number of at least 1, not '0'",
            "kurobe.yaml:10: 'fallback' of 'g' leads back to 'g'",
            "kurobe.yaml:11: 'in' must be a price such as 3 or 0.25, not '-1'",
            "kurobe.yaml:11: 'fallback' of 'h': no model is named 'hh'",
            "kurobe.yaml:12: 'provider' is missing; it is one of anthropic, gemini, ollama, openai,"
                + " openai-compatible, replay");
  }

  @Test
  void reportsEveryMistakeOfGeneratorsWithItsLine() {
    assertThat(
            problems(
                """
                ask:
                  models: {main: {provider: ollama, model: m}}
                  generators:
                    - {type: incontext, model: main}
                    - {type: in-context}
                    - {type: fine-tuned, model: mian, temperature: 3, schema: all, candidates: 0}
                    - {type: offline, model: main, file: x}
                    - {type: replay, prompt: p}
                    - {type: in-context, model: main}
                    - {type: fine-tuned, model: main, name: Offline, tmperature: 1}
                    - {model: main}
                """))
        .containsExactly(
            "kurobe.yaml:5: unknown type 'incontext'; there are fine-tuned, in-context, offline,"
                + " replay; did you mean 'in-context'?",
            "kurobe.yaml:6: 'model' is missing: the name of one of 'models'",
            "kurobe.yaml:7: 'temperature' must be a number from 0 to 2, not '3'",
            "kurobe.yaml:7: 'candidates' must be a whole number from 1 to 20, not '0'",
            "kurobe.yaml:7: 'schema' must be one of both, fuller, precise, not 'all'",
            "kurobe.yaml:7: no model is named 'mian'; did you mean 'main'?",
            "kurobe.yaml:8: a generator of type offline has no 'model'",
            "kurobe.yaml:8: a generator of type offline has no 'file'",
            "kurobe.yaml:9: a generator of type replay has no 'prompt'",
            "kurobe.yaml:9: 'file' is missing; a generator of type replay reads recorded queries"
                + " from one",
            "kurobe.yaml:10: two generators are named 'in-context'; give one a 'name' of its own",
            "kurobe.yaml:11: unknown key 'tmperature'; did you mean 'temperature'?",
            "kurobe.yaml:11: two generators are named 'Offline'; give one a 'name' of its own",
            "kurobe.yaml:12: 'type' is missing; it is one of fine-tuned, in-context, offline,"
                + " replay");
  }

  @Test
  void embeddingsAreOnUnlessTheyAreSwitchedOff() {
    assertThat(valid("ask: {generators: [{type: offline}]}").embeddings()).isTrue();
    assertThat(valid("ask: {embeddings: off}").embeddings()).isFalse();
    assertThat(problems("ask: {embeddings: maybe}"))
        .singleElement()
        .asString()
        .contains("on", "off");
  }
}
