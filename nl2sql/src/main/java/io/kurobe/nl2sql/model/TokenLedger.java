package io.kurobe.nl2sql.model;

import java.time.LocalDate;

/** How many tokens were spent, by model, user and day. Threads share it. */
public interface TokenLedger {
  /** Spent by one user. */
  long spentBy(String model, String user, LocalDate day);

  /** Spent by all users. */
  long spent(String model, LocalDate day);

  /** Adds what a request took. */
  void add(String model, String user, LocalDate day, long tokens);
}
