package io.kurobe.planner.privacy;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.List;
import java.util.Optional;

/**
 * What a column is held to contain.
 *
 * @param kind what it says of a person; empty if nothing
 * @param confidence 0 to 1
 * @param reasons a phrase each, without any value of the column
 * @param state who says so
 */
public record Classification(
    ColumnName column,
    Optional<PersonalKind> kind,
    double confidence,
    List<String> reasons,
    State state) {

  /** Who says what a column contains. */
  public enum State {
    /** Signs of its name or its values; it counts until somebody says otherwise. */
    PROPOSED,
    /** A person said what it is. */
    CONFIRMED,
    /** A person said that it holds nothing of persons. */
    REJECTED
  }

  public Classification {
    requireNonNull(column, "column is null");
    requireNonNull(kind, "kind is null");
    reasons = List.copyOf(reasons);
    requireNonNull(state, "state is null");
  }

  static Classification proposed(ColumnName column, Optional<Finding> finding) {
    return new Classification(
        column,
        finding.map(Finding::kind),
        finding.map(Finding::confidence).orElse(0.0),
        finding.map(Finding::reasons).orElse(List.of()),
        State.PROPOSED);
  }

  /** Whether the column's values are kept from models; what is only proposed is too. */
  public boolean isPersonal() {
    return kind.isPresent() && state != State.REJECTED;
  }
}
