package io.kurobe.nl2sql.model.provider;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.Provider;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Models as their settings say they are reached. LangChain4j repeats nothing: what is repeated is
 * decided by the guards. Threads share it.
 */
public final class Providers {
  private static final String OLLAMA = "http://127.0.0.1:11434";
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  /** HTTP/1.1, as servers of local models trip over the offer to switch to HTTP/2. */
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECTING)
          .build();

  /**
   * A model, without guards.
   *
   * @throws KurobeException CONFIGURATION if its file of recorded answers cannot be read
   */
  public LanguageModel model(String name, ModelSettings settings) {
    return settings.provider() == Provider.REPLAY
        ? ReplayModel.of(name, settings)
        : new RemoteModel(name, settings, client);
  }

  static ChatModel open(ModelSettings settings, HttpClientBuilder http, ModelRequest request) {
    @Nullable String url = settings.url().orElse(null);
    @Nullable String key = settings.apiKey().orElse(null);
    String model = settings.model().orElse("");
    @Nullable Double temperature =
        request.temperature().isPresent() ? request.temperature().getAsDouble() : null;
    return switch (settings.provider()) {
      case ANTHROPIC ->
          AnthropicChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(model)
              .temperature(temperature)
              .maxTokens(request.maxTokens())
              .timeout(request.timeout())
              .maxRetries(0)
              .build();
      case OPENAI, OPENAI_COMPATIBLE -> {
        var builder =
            OpenAiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(url)
                .apiKey(key)
                .modelName(model)
                .temperature(temperature)
                .timeout(request.timeout())
                .maxRetries(0);
        // The newer name is OpenAI's alone; the older is refused by its newer models.
        yield settings.provider() == Provider.OPENAI
            ? builder.maxCompletionTokens(request.maxTokens()).build()
            : builder.maxTokens(request.maxTokens()).build();
      }
      case GEMINI ->
          GoogleAiGeminiChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url)
              .apiKey(key)
              .modelName(model)
              .temperature(temperature)
              .maxOutputTokens(request.maxTokens())
              .timeout(request.timeout())
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(url == null ? OLLAMA : url)
              .modelName(model)
              .temperature(temperature)
              .numPredict(request.maxTokens())
              .timeout(request.timeout())
              .maxRetries(0)
              .build();
      case REPLAY -> throw new IllegalArgumentException("recorded answers are not opened");
    };
  }
}
