package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.validate.FromScope.Item;
import io.kurobe.nl2sql.validate.Signal.Kind;
import io.kurobe.planner.catalog.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What is doubtful of the joins of each SELECT: amounts of a table that are added up once for each
 * row that refers to it, and tables that are joined and never spoken of.
 */
final class JoinSignals extends SqlBasicVisitor<@Nullable Void> {
  private static final Set<String> SUMS = Set.of("SUM", "AVG");

  private final KnownTables tables;
  private final List<Signal> signals = new ArrayList<>();

  private JoinSignals(KnownTables tables) {
    this.tables = tables;
  }

  static List<Signal> of(SqlNode query, KnownTables tables) {
    var visitor = new JoinSignals(tables);
    query.accept(visitor);
    return visitor.signals;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      var scope = new FromScope(select, tables);
      if (scope.items().size() > 1) {
        fanOut(select, scope);
        unused(select, scope);
      }
    }
    return super.visit(call);
  }

  private void fanOut(SqlSelect select, FromScope scope) {
    for (SqlNode item : select.getSelectList()) {
      for (SqlIdentifier name : summed(item)) {
        Optional<Item> owner =
            name.isSimple()
                ? scope.having(name.getSimple()).stream().findFirst()
                : scope.item(name.names.get(name.names.size() - 2));
        owner
            .flatMap(found -> referring(found, scope))
            .ifPresent(
                many ->
                    signals.add(
                        new Signal(
                            Kind.FAN_OUT,
                            "%s is added up once for each row of %s"
                                .formatted(name, many.alias()))));
      }
    }
  }

  /** Another item whose rows refer to those of one. */
  private Optional<Item> referring(Item one, FromScope scope) {
    return scope.items().stream()
        .filter(other -> other != one && one.table().isPresent() && other.table().isPresent())
        .filter(
            other -> {
              List<Relation> keys =
                  tables.between(other.table().get().name(), one.table().get().name());
              return keys.stream()
                  .anyMatch(
                      key ->
                          key.from().equals(other.table().get().name())
                              && key.to().equals(one.table().get().name()));
            })
        .findFirst();
  }

  private static List<SqlIdentifier> summed(SqlNode expression) {
    List<SqlIdentifier> names = new ArrayList<>();
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call.getKind().belongsTo(SqlKind.QUERY)) {
              return null;
            }
            String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
            if (SUMS.contains(name)
                && call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier column
                && call.getFunctionQuantifier() == null) {
              names.add(column);
            }
            return super.visit(call);
          }
        });
    return names;
  }

  private void unused(SqlSelect select, FromScope scope) {
    Map<String, Integer> spoken = new HashMap<>();
    boolean[] bare = new boolean[1];
    select.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            if (name.names.size() > 1) {
              spoken.merge(name.names.get(0).toLowerCase(Locale.ROOT), 1, Integer::sum);
            } else {
              bare[0] |= name.isStar() || !scope.having(name.names.get(0)).isEmpty();
            }
            return null;
          }
        });
    if (bare[0]) {
      // A column without a prefix may be any table's.
      return;
    }
    for (Item item : scope.items()) {
      if (item.table().isPresent()
          && spoken.getOrDefault(item.alias().toLowerCase(Locale.ROOT), 0) == 1) {
        signals.add(new Signal(Kind.UNUSED_TABLE, item.alias() + " is joined and not used"));
      }
    }
  }
}
