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
record Conversation(List<Turn> turns, List<String> choices) {
  static final Conversation NEW = new Conversation(List.of(), List.of());

  private static final int MOST_TURNS = 20;

  /**
   * A question that was answered.
   *
   * @param asked as it was asked
   * @param whole as it was answered
   */
  record Turn(String asked, Question whole) {
    Turn {
      requireNonNull(asked, "asked is null");
      requireNonNull(whole, "whole is null");
    }
  }

  Conversation {
    turns = List.copyOf(turns);
    choices = List.copyOf(choices);
  }

  Optional<Turn> last() {
    return turns.isEmpty() ? Optional.empty() : Optional.of(turns.get(turns.size() - 1));
  }

  Conversation with(Turn turn) {
    List<Turn> more = new ArrayList<>(turns);
    more.add(turn);
    return new Conversation(
        more.subList(Math.max(0, more.size() - MOST_TURNS), more.size()), List.of());
  }

  Conversation withChoices(List<String> meanings) {
    return new Conversation(turns, meanings);
  }
}
