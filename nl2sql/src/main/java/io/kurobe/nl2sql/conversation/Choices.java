package io.kurobe.nl2sql.conversation;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an ambiguous question may mean, as numbered choices in the message of KA002, and which of
 * them an answer takes.
 */
public final class Choices {
  private static final Pattern CHOICE = Pattern.compile("(?:^|[:;] )(\\d{1,2})\\) ([^;]+)");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?i)(?:i mean |i meant |the |number |option |choice |no\\.? ?|#)*"
              + "(\\d{1,2}|first|second|third|fourth|fifth|last)(?: one)?[.)!]*");
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth");

  private static final Set<String> EMPTY_WORDS =
      Set.of("the", "a", "an", "one", "ones", "that", "this", "with", "of", "in", "for", "by");

  private Choices() {}

  /**
   * The error that asks which question is meant.
   *
   * @param word what is ambiguous
   * @param questions whole questions, without semicolons
   */
  public static KurobeException ask(String word, List<String> questions) {
    var message = new StringBuilder("'" + word + "' may mean several things: ");
    for (int i = 0; i < questions.size(); i++) {
      message
          .append(i == 0 ? "" : "; ")
          .append(i + 1)
          .append(") ")
          .append(questions.get(i).replace(';', ','));
    }
    return new KurobeException(ErrorCode.AMBIGUOUS_QUESTION, message.toString())
        .withHint("ASK '1' takes the first, or say in words which is meant");
  }

  /** The choices of a refusal; none if it is not one that asks. */
  static List<String> of(KurobeException refusal) {
    List<String> choices = new ArrayList<>();
    if (refusal.code() == ErrorCode.AMBIGUOUS_QUESTION) {
      Matcher matcher = CHOICE.matcher(refusal.getMessage());
      while (matcher.find()) {
        choices.add(matcher.group(2).strip());
      }
    }
    return choices;
  }

  /** The choice that an answer takes: by its number, or by words that only one of them has. */
  static Optional<String> taken(List<String> choices, String answer) {
    if (choices.isEmpty()) {
      return Optional.empty();
    }
    String text = answer.strip();
    Matcher matcher = NUMBER.matcher(text);
    if (matcher.matches()) {
      String word = matcher.group(1).toLowerCase(Locale.ROOT);
      int number =
          word.equals("last")
              ? choices.size()
              : ORDINALS.contains(word) ? ORDINALS.indexOf(word) + 1 : Integer.parseInt(word);
      if (number < 1 || number > choices.size()) {
        throw new KurobeException(
            ErrorCode.AMBIGUOUS_QUESTION,
            "there are " + choices.size() + " choices, and none is " + text);
      }
      return Optional.of(choices.get(number - 1));
    }
    return byWords(choices, LeadIn.of(text).core());
  }

  private static Optional<String> byWords(List<String> choices, String answer) {
    List<String> words = new ArrayList<>(words(answer));
    words.removeAll(EMPTY_WORDS);
    String best = null;
    for (String choice : choices) {
      List<String> rest = new ArrayList<>(words(choice));
      boolean tells =
          words.stream()
              .anyMatch(word -> choices.stream().anyMatch(other -> !words(other).contains(word)));
      if (!words.isEmpty() && tells && rest.containsAll(words)) {
        if (best != null) {
          return Optional.empty();
        }
        best = choice;
      }
    }
    return Optional.ofNullable(best);
  }

  private static List<String> words(String text) {
    return List.of(
        text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip().split(" "));
  }
}
