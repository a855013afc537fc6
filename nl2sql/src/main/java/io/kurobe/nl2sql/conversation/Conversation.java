package io.kurobe.nl2sql.conversation;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was asked so far. Immutable, and bounded.
 *
 * @param turns the last ones, the oldest first
 * @param choices the questions that the last one may have meant; empty if that is clear
 */
public record Conversation(List<Turn> turns, List<String> choices) {
  /** Nothing was asked yet. */
  public static final Conversation NEW = new Conversation(List.of(), List.of());

  private static final int MOST_TURNS = 20;

  /** A question with more characters, options included, is not gone on from. */
  private static final int LONGEST = 4_000;

  /**
   * A question that was answered.
   *
   * @param asked as it was asked
   * @param whole as it was answered
   */
  public record Turn(String asked, Question whole) {
    public Turn {
      requireNonNull(asked, "asked is null");
      requireNonNull(whole, "whole is null");
    }

    private int length() {
      return asked.length()
          + whole.text().length()
          + whole.scope().toString().length()
          + whole.options().toString().length();
    }
  }

  public Conversation {
    turns = List.copyOf(turns);
    choices = List.copyOf(choices);
  }

  /** Its characters. */
  int length() {
    return turns.stream().mapToInt(Turn::length).sum()
        + choices.stream().mapToInt(String::length).sum();
  }

  Optional<Turn> last() {
    return turns.isEmpty() ? Optional.empty() : Optional.of(turns.get(turns.size() - 1));
  }

  Conversation with(Turn turn) {
    if (turn.length() > LONGEST) {
      return NEW;
    }
    List<Turn> more = new ArrayList<>(turns);
    more.add(turn);
    return new Conversation(
        more.subList(Math.max(0, more.size() - MOST_TURNS), more.size()), List.of());
  }

  Conversation withChoices(List<String> meanings) {
    return choices.equals(meanings) ? this : new Conversation(turns, meanings);
  }
}
