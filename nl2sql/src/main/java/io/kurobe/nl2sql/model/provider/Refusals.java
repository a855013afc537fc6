package io.kurobe.nl2sql.model.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a provider's refusals mean. */
final class Refusals {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHARACTERS = 300;

  /** Providers quote keys they refuse, shortened or not. */
  private static final Pattern KEYS =
      Pattern.compile("\\b(sk|pk|key|AIza|gsk|hf|xai)[-_][A-Za-z0-9*._-]{4,}|\\bAIza[\\w-]{8,}");

  private Refusals() {}

  static ModelFailure of(int status, HttpHeaders headers, String body, Optional<String> key) {
    String said = "answered with HTTP status " + status;
    if (status == 429) {
      return new ModelFailure(
          Kind.RATE_LIMITED, "is asked too often: HTTP status 429", retryAfter(headers));
    }
    if (status >= 500) {
      return new ModelFailure(Kind.SERVER_ERROR, said, retryAfter(headers));
    }
    if (status == 401 || status == 403) {
      // What the provider says of a key may hold the key.
      return new ModelFailure(Kind.KEY_REFUSED, "refused the key: HTTP status " + status);
    }
    if (status == 408) {
      return new ModelFailure(Kind.TIMED_OUT, said);
    }
    return new ModelFailure(
        Kind.REJECTED, said + message(body, key).map(text -> ": " + text).orElse(""));
  }

  static ModelFailure unreached(@Nullable Throwable cause) {
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return new ModelFailure(Kind.UNREACHABLE, "cannot be reached");
    }
    return new ModelFailure(Kind.UNREACHABLE, "broke off its answer");
  }

  /** What the provider says of it, in the form all of them have for that. */
  private static Optional<String> message(String body, Optional<String> key) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      String text = error.isTextual() ? error.asText() : error.path("message").asText("");
      String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
      if (key.isPresent() && !key.get().isEmpty()) {
        line = line.replace(key.get(), "***");
      }
      line = KEYS.matcher(line).replaceAll("***");
      return Optional.of(line.substring(0, Math.min(line.length(), MOST_CHARACTERS)))
          .filter(said -> !said.isEmpty());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Duration retryAfter(HttpHeaders headers) {
    String text = headers.firstValue("retry-after").orElse("").strip();
    if (text.matches("\\d{1,6}(\\.\\d{1,6})?")) {
      return Duration.ofMillis((long) (Double.parseDouble(text) * 1_000));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), at);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
