package io.kurobe.nl2sql.model.provider;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model reached over HTTP by way of LangChain4j. Each request has a client object of its own, a
 * matter of microseconds, so that it has a time limit of its own; connections are shared.
 */
final class RemoteModel implements LanguageModel {
  /** Characters that make about a token, where a provider does not count them. */
  private static final int CHARACTERS_A_TOKEN = 4;

  private final String name;
  private final ModelSettings settings;
  private final HttpClient client;

  /** Set once the model has said that it takes no temperature, as reasoning models do. */
  private volatile boolean withoutTemperature;

  RemoteModel(String name, ModelSettings settings, HttpClient client) {
    this.name = requireNonNull(name, "name is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.client = requireNonNull(client, "client is null");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    if (withoutTemperature || request.temperature().isEmpty()) {
      return asked(request.withoutTemperature());
    }
    try {
      return asked(request);
    } catch (ModelFailure e) {
      if (e.kind() != Kind.REJECTED || !e.getMessage().contains("temperature")) {
        throw e;
      }
      withoutTemperature = true;
      return asked(request.withoutTemperature());
    }
  }

  private ModelReply asked(ModelRequest request) {
    var exchange = new Exchange(client, request.timeout(), settings.apiKey());
    ChatResponse response;
    try {
      ChatModel model = Providers.open(settings, exchange, request);
      response = model.chat(messages(request));
      return reply(request, response);
    } catch (RuntimeException e) {
      // Whatever its client makes of an answer that is none, in whichever of its layers.
      throw exchange.failure().orElseGet(() -> misread(e));
    }
  }

  private static ModelFailure misread(RuntimeException problem) {
    return problem instanceof dev.langchain4j.exception.ContentFilteredException
        ? new ModelFailure(Kind.REFUSED, "would not answer")
        : new ModelFailure(Kind.MALFORMED, "answered with something that is not of its protocol");
  }

  private static List<ChatMessage> messages(ModelRequest request) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!request.system().text().isBlank()) {
      messages.add(SystemMessage.from(request.system().text()));
    }
    messages.add(UserMessage.from(request.user().text()));
    return messages;
  }

  private ModelReply reply(ModelRequest request, ChatResponse response) {
    String text = Optional.ofNullable(response.aiMessage().text()).orElse("");
    TokenUsage usage = response.tokenUsage();
    long asked = request.system().text().length() + request.user().text().length();
    return new ModelReply(
        text,
        tokens(usage == null ? null : usage.inputTokenCount(), asked),
        tokens(usage == null ? null : usage.outputTokenCount(), text.length()),
        finish(response.finishReason(), text),
        Optional.ofNullable(response.modelName())
            .filter(said -> !said.isBlank())
            .orElseGet(() -> settings.model().orElse(name)));
  }

  private static long tokens(@Nullable Integer counted, long characters) {
    return counted != null && counted > 0
        ? counted
        : (characters + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
  }

  /** A refusal that LangChain4j has no word for leaves no text. */
  private static Finish finish(@Nullable FinishReason reason, String text) {
    if (reason == null || reason == FinishReason.OTHER) {
      return text.isEmpty() ? Finish.REFUSED : Finish.OTHER;
    }
    return switch (reason) {
      case STOP -> Finish.COMPLETE;
      case LENGTH -> Finish.CUT_OFF;
      case CONTENT_FILTER -> Finish.REFUSED;
      case TOOL_EXECUTION, OTHER -> Finish.OTHER;
    };
  }
}
