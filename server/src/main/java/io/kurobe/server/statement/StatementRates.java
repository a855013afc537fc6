package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.session.Principal;
import java.util.function.ToIntFunction;

/**
 * How many statements may begin within a minute.
 *
 * @param ofUser those of one user, however they came; 0 means any number
 * @param ofKey those of one API key; 0 means any number
 */
public record StatementRates(ToIntFunction<Principal> ofUser, int ofKey) {
  public StatementRates {
    requireNonNull(ofUser, "ofUser is null");
  }
}
