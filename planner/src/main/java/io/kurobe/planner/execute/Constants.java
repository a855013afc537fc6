package io.kurobe.planner.execute;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.TextForm;
import io.kurobe.planner.fragment.ArrayComparison;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Puts into a plan what is constant within one execution: the parameters, the current date and time
 * in the session's zone, the user, the current catalog and schema (the empty text if none is
 * chosen). Each becomes a typed literal, so that every fragment sees the same value and no value is
 * ever text of a statement.
 */
public final class Constants {
  private final ZonedDateTime now;
  private final String user;
  private final Optional<SearchPathEntry> current;
  private final List<@Nullable Object> parameters;

  public Constants(Session session, Instant now, List<@Nullable Object> parameters) {
    this.now = now.atZone(session.zone()).truncatedTo(ChronoUnit.MICROS);
    this.user = session.principal().name();
    this.current = session.searchPath().stream().findFirst();
    this.parameters = parameters;
  }

  /** The plan with literals in place of parameters and current values. */
  public RelNode into(RelNode plan) {
    RexShuttle expressions = new Substitution(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            if (visited instanceof Filter filter) {
              return filter.copy(
                  filter.getTraitSet(),
                  filter.getInput(),
                  condition(filter.getCondition(), expressions));
            }
            return visited.accept(expressions);
          }
        });
  }

  /**
   * A parameter that is a whole condition becomes a literal without a cast to its nullable type.
   */
  private static RexNode condition(RexNode condition, RexShuttle expressions) {
    RexNode bound = expressions.apply(condition);
    return bound.getKind() == SqlKind.CAST
            && bound instanceof RexCall cast
            && cast.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.BOOLEAN
        ? cast.getOperands().get(0)
        : bound;
  }

  private final class Substitution extends RexShuttle {
    private final RexBuilder builder;

    Substitution(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitDynamicParam(RexDynamicParam parameter) {
      Object value = value(parameter);
      return bound(parameter, value, () -> Literals.of(builder, value, parameter.getType()));
    }

    /** A call with a parameter of several values. */
    private Optional<RexNode> several(RexCall call) {
      RexNode last =
          call.getOperands().isEmpty()
              ? call
              : call.getOperands().get(call.getOperands().size() - 1);
      if (!(last instanceof RexDynamicParam parameter)) {
        return Optional.empty();
      }
      var calls = new BoundCalls(builder);
      Object value = value(parameter);
      if (ArrayComparison.matches(call) && (value == null || value instanceof List)) {
        RexNode compared = call.getOperands().get(0).accept(this);
        return Optional.of(
            bound(parameter, value, () -> calls.compared(call, compared, (List<?>) value)));
      }
      if (BoundCalls.isMoved(call) && value != null) {
        RexNode time = call.getOperands().get(0).accept(this);
        return Optional.of(
            bound(parameter, value, () -> calls.moved(call, time, value, parameter.getType())));
      }
      return Optional.empty();
    }

    @Override
    public RexNode visitCall(RexCall call) {
      return several(call).orElseGet(() -> constant(call));
    }

    private RexNode constant(RexCall call) {
      RelDataType type = call.getType();
      String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
      return switch (name) {
        case "CURRENT_DATE" -> builder.makeLiteral(Literals.date(now.toLocalDate()), type, true);
        case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" ->
            type.getSqlTypeName() == SqlTypeName.TIMESTAMP
                ? builder.makeLiteral(Literals.timestamp(now.toLocalDateTime()), type, true)
                : builder.makeLiteral(
                    Literals.timestamp(now.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()),
                    type,
                    true);
        case "CURRENT_TIME", "LOCALTIME" ->
            builder.makeLiteral(Literals.time(now.toLocalTime()), type, true);
        case "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER" ->
            builder.makeLiteral(user, type, true);
        case "CURRENT_CATALOG" ->
            builder.makeLiteral(current.map(SearchPathEntry::source).orElse(""), type, true);
        case "CURRENT_SCHEMA" ->
            builder.makeLiteral(current.flatMap(SearchPathEntry::schema).orElse(""), type, true);
        default -> super.visitCall(call);
      };
    }
  }

  private @Nullable Object value(RexDynamicParam parameter) {
    if (parameter.getIndex() >= parameters.size()) {
      throw new KurobeException(
              ErrorCode.MISSING_PARAMETER,
              "parameter " + (parameter.getIndex() + 1) + " has no value")
          .withHint("set every parameter before executing");
    }
    return parameters.get(parameter.getIndex());
  }

  /** What a parameter's value becomes; whatever is wrong with the value is told of it. */
  private static RexNode bound(
      RexDynamicParam parameter, @Nullable Object value, Supplier<RexNode> literal) {
    String name = "parameter " + (parameter.getIndex() + 1);
    refuseText(name, value);
    try {
      return literal.get();
    } catch (KurobeException e) {
      KurobeException told = new KurobeException(e.code(), name + ": " + e.getMessage(), e);
      throw e.hint().map(told::withHint).orElse(told);
    } catch (RuntimeException e) {
      throw new KurobeException(
          ErrorCode.TYPE_MISMATCH,
          name
              + " is a "
              + (value == null ? "NULL" : value.getClass().getSimpleName())
              + " where "
              + parameter.getType()
              + " is expected",
          e);
    }
  }

  private static void refuseText(String name, @Nullable Object value) {
    if (value instanceof String text) {
      TextForm.refusal(text)
          .ifPresent(
              problem -> {
                throw new KurobeException(TextForm.REFUSED, name + " " + problem)
                    .withHint(TextForm.HINT);
              });
    } else if (value instanceof List<?> values) {
      values.forEach(each -> refuseText(name, each));
    } else if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(each -> refuseText(name, each));
      map.values().forEach(each -> refuseText(name, each));
    }
  }
}
