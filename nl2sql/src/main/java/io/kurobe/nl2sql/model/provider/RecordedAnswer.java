package io.kurobe.nl2sql.model.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of a file of recorded answers: a JSON object with {@code key} (the digest of the model and
 * what it was told) or {@code question}, and {@code text}; further {@code model}, {@code sample},
 * {@code tokensIn}, {@code tokensOut} and {@code finish}.
 *
 * @param key empty where a person wrote the line
 * @param question empty where something in it was kept from the model
 */
record RecordedAnswer(
    Optional<String> key, Optional<String> question, int sample, ModelReply reply) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a request is found by, as long as not a letter of it changes. */
  static String key(String model, ModelRequest request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {model, request.system().text(), request.user().text()}) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A question without what makes no difference. */
  static String normalised(String question) {
    return question.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  static RecordedAnswer of(String model, ModelRequest request, ModelReply reply) {
    boolean told = request.user().text().contains(request.question());
    return new RecordedAnswer(
        Optional.of(key(model, request)),
        told ? Optional.of(request.question()) : Optional.empty(),
        request.sample(),
        reply);
  }

  String line() {
    ObjectNode line = JSON.createObjectNode();
    key.ifPresent(text -> line.put("key", text));
    question.ifPresent(text -> line.put("question", text));
    line.put("sample", sample)
        .put("model", reply.model())
        .put("text", reply.text())
        .put("tokensIn", reply.tokensIn())
        .put("tokensOut", reply.tokensOut())
        .put("finish", reply.finish().name().toLowerCase(Locale.ROOT));
    return line.toString();
  }

  /** Reads a line; empty if it is none. */
  static Optional<RecordedAnswer> parse(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      Optional<String> key = text(node, "key");
      Optional<String> question = text(node, "question");
      Optional<String> text = text(node, "text");
      if (text.isEmpty() || key.isEmpty() && question.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new RecordedAnswer(
              key,
              question,
              node.path("sample").asInt(0),
              new ModelReply(
                  text.get(),
                  node.path("tokensIn").asLong(0),
                  node.path("tokensOut").asLong(0),
                  finish(node.path("finish").asText("complete")),
                  text(node, "model").orElse("recorded"))));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Finish finish(String word) {
    for (Finish finish : Finish.values()) {
      if (finish.name().equalsIgnoreCase(word)) {
        return finish;
      }
    }
    return Finish.OTHER;
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.path(field).isTextual() ? Optional.of(node.path(field).asText()) : Optional.empty();
  }
}
