package io.kurobe.planner.privacy;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.List;

/**
 * What signs say that a column holds.
 *
 * @param confidence 0 to 1
 * @param reasons a phrase each, without any value
 */
record Finding(PersonalKind kind, double confidence, List<String> reasons) {
  Finding {
    requireNonNull(kind, "kind is null");
    reasons = List.copyOf(reasons);
  }
}
