package io.kurobe.nl2sql.model;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who serves models, by the word the configuration has for them. */
public enum Provider {
  ANTHROPIC("anthropic"),
  OPENAI("openai"),
  /** Whatever speaks OpenAI's protocol at an address of its own: vLLM, llama.cpp, gateways. */
  OPENAI_COMPATIBLE("openai-compatible"),
  GEMINI("gemini"),
  OLLAMA("ollama"),
  /** Recorded answers from a file. */
  REPLAY("replay");

  private final String word;

  Provider(String word) {
    this.word = word;
  }

  /** What the configuration calls it. */
  public String word() {
    return word;
  }

  /** All of them by their words. */
  public static Map<String, Provider> byWord() {
    return Arrays.stream(values()).collect(Collectors.toMap(Provider::word, Function.identity()));
  }

  /** Whether it asks for a key. */
  public boolean needsKey() {
    return switch (this) {
      case ANTHROPIC, OPENAI, GEMINI -> true;
      case OPENAI_COMPATIBLE, OLLAMA, REPLAY -> false;
    };
  }
}
