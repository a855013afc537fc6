package io.kurobe.nl2sql.model.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.nl2sql.model.Provider;

/** How each provider's protocol says things: hand-written from their public references. */
public enum Protocol {
  ANTHROPIC(Provider.ANTHROPIC, "/v1/", "/v1/messages", "x-api-key", "") {
    @Override
    public String answer(String text, int in, int out) {
      return message("[{\"type\":\"text\",\"text\":" + quoted(text) + "}]", "end_turn", in, out);
    }

    @Override
    public String cutOff(String text) {
      return message("[{\"type\":\"text\",\"text\":" + quoted(text) + "}]", "max_tokens", 5, 5);
    }

    @Override
    public String refusal() {
      return message("[]", "refusal", 5, 0);
    }

    private String message(String content, String stop, int in, int out) {
      return """
      {"id":"msg_1","type":"message","role":"assistant","model":"served-1","content":%s,
       "stop_reason":"%s","stop_sequence":null,"usage":{"input_tokens":%d,"output_tokens":%d}}
      """
          .formatted(content, stop, in, out);
    }

    @Override
    public String error(String message) {
      return "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
          + quoted(message)
          + "}}";
    }
  },

  OPENAI(Provider.OPENAI, "/v1", "/v1/chat/completions", "Authorization", "Bearer ") {
    @Override
    public String answer(String text, int in, int out) {
      return Protocol.completion("\"content\":" + quoted(text), "stop", in, out);
    }

    @Override
    public String cutOff(String text) {
      return Protocol.completion("\"content\":" + quoted(text), "length", 5, 5);
    }

    @Override
    public String refusal() {
      return Protocol.completion("\"content\":null", "content_filter", 5, 0);
    }

    @Override
    public String error(String message) {
      return Protocol.openAiError(message);
    }
  },

  OPENAI_COMPATIBLE(
      Provider.OPENAI_COMPATIBLE, "/v1", "/v1/chat/completions", "Authorization", "Bearer ") {
    @Override
    public String answer(String text, int in, int out) {
      return Protocol.completion("\"content\":" + quoted(text), "stop", in, out);
    }

    @Override
    public String cutOff(String text) {
      return Protocol.completion("\"content\":" + quoted(text), "length", 5, 5);
    }

    @Override
    public String refusal() {
      return Protocol.completion("\"content\":null", "content_filter", 5, 0);
    }

    @Override
    public String error(String message) {
      return Protocol.openAiError(message);
    }
  },

  GEMINI(
      Provider.GEMINI, "/v1beta", "/v1beta/models/asked-1:generateContent", "x-goog-api-key", "") {
    @Override
    public String answer(String text, int in, int out) {
      return candidate("[{\"text\":" + quoted(text) + "}]", "STOP", in, out);
    }

    @Override
    public String cutOff(String text) {
      return candidate("[{\"text\":" + quoted(text) + "}]", "MAX_TOKENS", 5, 5);
    }

    @Override
    public String refusal() {
      return candidate("[{\"text\":\"\"}]", "SAFETY", 5, 0);
    }

    private String candidate(String parts, String finish, int in, int out) {
      return """
      {"candidates":[{"content":{"parts":%s,"role":"model"},"finishReason":"%s","index":0}],
       "usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d},
       "modelVersion":"served-1","responseId":"r1"}
      """
          .formatted(parts, finish, in, out, in + out);
    }

    @Override
    public String error(String message) {
      return "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":"
          + quoted(message)
          + "}}";
    }
  },

  OLLAMA(Provider.OLLAMA, "", "/api/chat", "", "") {
    @Override
    public String answer(String text, int in, int out) {
      return chat(text, "stop", in, out);
    }

    @Override
    public String cutOff(String text) {
      return chat(text, "length", 5, 5);
    }

    @Override
    public String refusal() {
      return chat("", "stop", 5, 1);
    }

    private String chat(String text, String done, int in, int out) {
      return """
      {"model":"served-1","created_at":"2026-01-01T00:00:00Z","done":true,"done_reason":"%s",
       "message":{"role":"assistant","content":%s},"prompt_eval_count":%d,"eval_count":%d}
      """
          .formatted(done, quoted(text), in, out);
    }

    @Override
    public String error(String message) {
      return "{\"error\":" + quoted(message) + "}";
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Provider provider;
  private final String base;
  private final String path;
  private final String keyHeader;
  private final String keyPrefix;

  Protocol(Provider provider, String base, String path, String keyHeader, String keyPrefix) {
    this.provider = provider;
    this.base = base;
    this.path = path;
    this.keyHeader = keyHeader;
    this.keyPrefix = keyPrefix;
  }

  public Provider provider() {
    return provider;
  }

  /** What follows the server's address in a model's 'url'. */
  public String base() {
    return base;
  }

  /** Where requests go. */
  public String path() {
    return path;
  }

  /** The header that carries the key; empty where there is none. */
  public String keyHeader() {
    return keyHeader;
  }

  public String keyPrefix() {
    return keyPrefix;
  }

  /** A whole answer. */
  public abstract String answer(String text, int in, int out);

  /** An answer that was as long as it might be. */
  public abstract String cutOff(String text);

  /** No answer, as the model will not give one. */
  public abstract String refusal();

  /** A refusal of the request. */
  public abstract String error(String message);

  private static String completion(String content, String finish, int in, int out) {
    return """
    {"id":"c1","object":"chat.completion","created":1,"model":"served-1",
     "choices":[{"index":0,"message":{"role":"assistant",%s},"finish_reason":"%s"}],
     "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}
    """
        .formatted(content, finish, in, out, in + out);
  }

  private static String openAiError(String message) {
    return "{\"error\":{\"type\":\"invalid_request_error\",\"code\":null,\"message\":"
        + quoted(message)
        + "}}";
  }

  static String quoted(String text) {
    return JSON.valueToTree(text).toString();
  }
}
