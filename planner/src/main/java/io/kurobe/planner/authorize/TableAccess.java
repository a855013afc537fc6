package io.kurobe.planner.authorize;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a principal may see of one table.
 *
 * @param visible whether the table exists for the principal at all
 * @param hiddenColumns columns that do not exist for the principal
 * @param rowFilter a condition over the table's columns that seen rows satisfy
 * @param masks column to the expression seen instead of its value
 */
public record TableAccess(
    boolean visible,
    Set<String> hiddenColumns,
    Optional<String> rowFilter,
    Map<String, String> masks) {
  public static final TableAccess ALL = new TableAccess(true, Set.of(), Optional.empty(), Map.of());
  public static final TableAccess NONE =
      new TableAccess(false, Set.of(), Optional.empty(), Map.of());

  public TableAccess {
    hiddenColumns = Set.copyOf(hiddenColumns);
    requireNonNull(rowFilter, "rowFilter is null");
    masks = Map.copyOf(masks);
  }
}
