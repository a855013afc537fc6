package io.kurobe.nl2sql.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a model gave no answer, between the model and its guards; users get a {@link
 * io.kurobe.adapters.error.KurobeException} made of it. Its message goes on where the model's name
 * ends, and holds neither a key nor what was asked.
 */
public final class ModelFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, and what to do about it. */
  public enum Kind {
    TIMED_OUT(false, true, "Ask again, or raise the model's 'timeout'."),
    UNREACHABLE(false, true, "Check the model's 'url' and that the gateway reaches it."),
    RATE_LIMITED(true, false, "Ask again in a while, or lower the model's 'concurrency'."),
    SERVER_ERROR(true, true, "Ask again in a while, or give the model a 'fallback'."),
    KEY_REFUSED(false, false, "Check the model's 'apiKey' and what it may be used for."),
    REJECTED(false, false, "Check the model's 'model' and 'url'."),
    MALFORMED(false, true, "Check that the model's 'provider' and 'url' go together."),
    TOO_LARGE(false, false, "Lower the model's 'maxTokens', or ask in other words."),
    REFUSED(false, false, "Ask in other words, or ask another model."),
    BUSY(false, false, "Ask again in a while, or raise the model's 'concurrency'."),
    RESTING(false, false, "Ask again in a while, or give the model a 'fallback'."),
    OVER_BUDGET(false, false, "Ask again tomorrow (UTC), or ask USING another generator."),
    NOT_RECORDED(false, false, "Record it with a live model's 'record', or ask another model."),
    CANCELLED(false, false, "Ask again.");

    private final boolean passing;
    private final boolean ofTheModel;
    private final String hint;

    Kind(boolean passing, boolean ofTheModel, String hint) {
      this.passing = passing;
      this.ofTheModel = ofTheModel;
      this.hint = hint;
    }

    /** Whether the same request may succeed a moment later. */
    public boolean isPassing() {
      return passing;
    }

    /** Whether it tells that the model itself is ill. */
    public boolean isOfTheModel() {
      return ofTheModel;
    }

    /** What to do, a sentence. */
    public String hint() {
      return hint;
    }
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  public ModelFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * A failure.
   *
   * @param retryAfter how long the model asks to be left alone
   */
  public ModelFailure(Kind kind, String message, @Nullable Duration retryAfter) {
    // No cause: those of HTTP clients and parsers quote addresses, keys and texts.
    super(requireNonNull(message, "message is null"));
    this.kind = requireNonNull(kind, "kind is null");
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the model asks to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
