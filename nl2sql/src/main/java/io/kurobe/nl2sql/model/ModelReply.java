package io.kurobe.nl2sql.model;

import static java.util.Objects.requireNonNull;

/**
 * What a model answered. The text is whatever it is: nobody has checked it.
 *
 * @param text the answer; may be empty
 * @param tokensIn of what was asked, estimated where the provider does not say
 * @param tokensOut of the answer, the same
 * @param finish why it ended
 * @param model the provider's name of the model that answered
 */
public record ModelReply(String text, long tokensIn, long tokensOut, Finish finish, String model) {
  /** Why an answer ended. */
  public enum Finish {
    /** It was complete. */
    COMPLETE,
    /** It had as many tokens as it was allowed. */
    CUT_OFF,
    /** The model would not answer. */
    REFUSED,
    OTHER
  }

  public ModelReply {
    requireNonNull(text, "text is null");
    requireNonNull(finish, "finish is null");
    requireNonNull(model, "model is null");
  }

  /** Tokens in and out. */
  public long tokens() {
    return tokensIn + tokensOut;
  }
}
