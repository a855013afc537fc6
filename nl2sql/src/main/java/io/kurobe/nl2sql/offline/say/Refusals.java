package io.kurobe.nl2sql.offline.say;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import java.util.stream.Collectors;

/** Why a question is not answered, and what would help. */
public final class Refusals {
  private static final int SHOWN = 8;
  private static final int LONGEST = 40;

  private Refusals() {}

  public static KurobeException empty() {
    return notUnderstood("the question is empty")
        .withHint("Ask for something, such as: how many rows of a table there are.");
  }

  public static KurobeException tooLong(int characters, int most) {
    return notUnderstood(
            "the question has " + characters + " characters; at most " + most + " are read")
        .withHint("Ask for one thing in a sentence or two.");
  }

  public static KurobeException notText() {
    return notUnderstood("the question holds no words");
  }

  /** Names after FOR of which the catalog has none. */
  public static KurobeException nothingNamed(List<List<String>> names) {
    return new KurobeException(
            ErrorCode.UNKNOWN_TABLE,
            "nothing is named "
                + names.stream()
                    .map(parts -> String.join(".", parts))
                    .collect(Collectors.joining(" or ")))
        .withHint("SHOW TABLES lists what there is.");
  }

  /** Words that mean nothing here. */
  public static KurobeException words(List<String> words) {
    return notUnderstood("not understood: " + quoted(words))
        .withHint("Use the names of tables and columns, or values that are stored.");
  }

  /** Nothing of the question is in the catalog. */
  public static KurobeException unrelated(List<String> words) {
    return new KurobeException(
            ErrorCode.NOT_ANSWERABLE,
            words.isEmpty()
                ? "the question names nothing that is in the catalog"
                : "nothing in the catalog is called " + quoted(words))
        .withHint("SHOW TABLES lists what can be asked about.");
  }

  public static KurobeException noTables() {
    return new KurobeException(ErrorCode.NOT_ANSWERABLE, "there is no table to ask about");
  }

  /** Words were understood, but no query came of them. */
  public static KurobeException noQuery(String reason) {
    return notUnderstood("no query came of the question: " + reason)
        .withHint("Ask for less at once.");
  }

  private static KurobeException notUnderstood(String message) {
    return new KurobeException(ErrorCode.NOT_UNDERSTOOD, message);
  }

  private static String quoted(List<String> words) {
    return words.stream()
            .distinct()
            .limit(SHOWN)
            .map(
                word ->
                    "'" + (word.length() > LONGEST ? word.substring(0, LONGEST) + "…" : word) + "'")
            .collect(Collectors.joining(", "))
        + (words.size() > SHOWN ? ", …" : "");
  }
}
