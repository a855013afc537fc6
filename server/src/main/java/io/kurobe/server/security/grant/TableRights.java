package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.server.security.grant.KnownTables.Known;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What all of a person's grants, row filters and masks come to for one table: grants add up, row
 * filters all hold, and of a column with two different masks nothing is seen.
 */
record TableRights(Rights rights, Predicate<Place> exists) {
  private static final String NULL = "NULL";

  /** What no mask can be: a table that has it is closed, not open. */
  private static final String UNFIT = "CAST(NULL AS NO_SUCH_TYPE)";

  /**
   * What a person may see of a table.
   *
   * @param roles all that are in force
   */
  TableAccess of(String user, Collection<String> roles, Known table) {
    List<Grant> granted = new ArrayList<>(rights.grantsTo(Grantee.user(user)));
    Set<String> held = new HashSet<>(roles);
    held.add(Rights.PUBLIC);
    held.forEach(role -> granted.addAll(rights.grantsTo(Grantee.role(role))));
    Set<String> hidden = new HashSet<>(table.columns());
    for (Grant grant : granted) {
      if (covers(grant.on(), table)) {
        grant
            .column()
            .ifPresentOrElse(
                column -> table.column(column).ifPresent(hidden::remove), hidden::clear);
      }
    }
    if (hidden.size() == table.columns().size() && !readsWhole(granted, table)) {
      return TableAccess.NONE;
    }
    return new TableAccess(true, hidden, rowFilter(held, table), masks(held, table, hidden));
  }

  /** A table without columns is all hidden and all seen. */
  private boolean readsWhole(List<Grant> granted, Known table) {
    return granted.stream()
        .anyMatch(grant -> grant.column().isEmpty() && covers(grant.on(), table));
  }

  /** Of another case it is meant only if nothing is of just this name. */
  private boolean covers(Place place, Known table) {
    if (place.covers(table.name())) {
      return true;
    }
    return ignoringCase(place, table) && !exists.test(place);
  }

  private static boolean ignoringCase(Place place, Known table) {
    return place.source().equalsIgnoreCase(table.name().source())
        && (place.schema().isEmpty() || place.schema().equalsIgnoreCase(table.name().schema()))
        && (place.table().isEmpty() || place.table().equalsIgnoreCase(table.name().table()));
  }

  private Optional<String> rowFilter(Set<String> held, Known table) {
    List<String> conditions =
        rights.filtersOn(table.name()).stream()
            .filter(filter -> filter.roles().stream().anyMatch(held::contains))
            .map(RowFilter::condition)
            .distinct()
            .toList();
    return switch (conditions.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(conditions.get(0));
      default ->
          Optional.of(
              conditions.stream()
                  .map(condition -> "(" + condition + ")")
                  .collect(Collectors.joining(" AND ")));
    };
  }

  private Map<String, String> masks(Set<String> held, Known table, Set<String> hidden) {
    Map<String, String> masks = new HashMap<>();
    for (Mask mask : rights.masksOn(table.name())) {
      if (mask.roles().stream().noneMatch(held::contains)) {
        continue;
      }
      String column = table.column(mask.column()).orElse(mask.column());
      if (!hidden.contains(column)) {
        masks.merge(
            column,
            expression(mask, column, table),
            (one, other) -> one.equals(other) ? one : NULL);
      }
    }
    return masks;
  }

  private String expression(Mask mask, String column, Known table) {
    if (mask.seen() instanceof Mask.Text text) {
      return text.expression();
    }
    Optional<SqlType> type = table.type(column);
    if (type.isEmpty()) {
      return UNFIT;
    }
    try {
      Mask.Kind kind = (Mask.Kind) mask.seen();
      return UsualMasks.expression(kind.usual(), column, type.get(), rights.salt());
    } catch (KurobeException e) {
      return UNFIT;
    }
  }
}
