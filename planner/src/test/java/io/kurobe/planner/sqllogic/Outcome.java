package io.kurobe.planner.sqllogic;

/** What came of one query in one placement. */
sealed interface Outcome {
  record Right() implements Outcome {}

  record Wrong(String difference) implements Outcome {}

  /** Refused with an error; {@code reason} is why, or empty where the list gives none. */
  record Refused(String reason, String error) implements Outcome {}
}
