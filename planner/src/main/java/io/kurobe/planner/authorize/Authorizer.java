package io.kurobe.planner.authorize;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.bind.GuardedScan;
import io.kurobe.planner.bind.ViewRights;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.optimize.Optimizer;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Enforces {@link AccessControl} on the bound tree, before anything is optimized, whoever wrote the
 * query. The catalog a session binds against already lacks what its principal may not see; this is
 * the line behind it that does not depend on how a name was found. Threads share it.
 *
 * <p>A table that has a row filter is read by a {@link GuardedScan}. Its masks are a projection
 * above that, so that conditions, joins, groups and orders see masked values and no others.
 */
public final class Authorizer implements ViewRights {
  private static final String VIEWS = "views";
  private static final String VIEW_SCHEMA = "main";

  private final AccessControl accessControl;
  private final PolicyExpressions policies;

  /** Makes it. */
  public Authorizer(AccessControl accessControl, PolicyExpressions policies) {
    this.accessControl = accessControl;
    this.policies = policies;
  }

  /**
   * A tree that may run.
   *
   * @param concealed what of its statements is not shown to whoever asked
   */
  public record Authorized(RelNode tree, Concealed concealed) {}

  /**
   * The tree as the session's principal may run it.
   *
   * @throws KurobeException NOT_ALLOWED if it reads what the principal may not see
   */
  public Authorized authorize(Session session, RelNode tree) {
    if (accessControl == AccessControl.OPEN) {
      return new Authorized(tree, Concealed.NOTHING);
    }
    var pass = new Pass(session, true);
    RelNode guarded = tree.accept(pass);
    return new Authorized(
        guarded,
        session.principal().roles().contains(AccessControl.ADMIN)
            ? Concealed.NOTHING
            : new Concealed(pass.filtered, pass.constants, pass.ofOthers));
  }

  /**
   * Checks a bound tree again that was authorized before.
   *
   * @throws KurobeException NOT_ALLOWED if it reads what the principal may not see
   */
  public void check(Session session, RelNode tree) {
    if (accessControl != AccessControl.OPEN) {
      tree.accept(new Checking(session));
    }
  }

  static KurobeException notAllowed(TableName table) {
    return new KurobeException(ErrorCode.NOT_ALLOWED, "not allowed to read " + table);
  }

  @Override
  public boolean isVisible(Session session, ViewDefinition view) {
    TableAccess access = access(session, view);
    // Rows and values of a view are the matter of its query.
    return view.owner().equals(session.principal().name())
        || (access.visible() && access.rowFilter().isEmpty() && access.masks().isEmpty());
  }

  @Override
  public Set<String> hiddenColumns(Session session, ViewDefinition view) {
    return view.owner().equals(session.principal().name())
        ? Set.of()
        : access(session, view).hiddenColumns();
  }

  private TableAccess access(Session session, ViewDefinition view) {
    return accessControl.access(session, new TableName(VIEWS, VIEW_SCHEMA, view.name()));
  }

  @Override
  public Session reading(Session session, ViewDefinition view) {
    if (accessControl == AccessControl.OPEN
        || view.security() == ViewDefinition.Security.INVOKER
        || view.owner().equals(session.principal().name())) {
      return session;
    }
    Principal owner =
        accessControl
            .principal(view.owner())
            .orElseThrow(
                () ->
                    new KurobeException(
                            ErrorCode.NOT_ALLOWED, "view " + view.name() + " cannot be read")
                        .withHint("who made it is no longer known"));
    return session.as(owner);
  }

  @Override
  public RelNode authorized(Session session, RelNode tree) {
    return tree.accept(new Pass(session, false));
  }

  private static TableName name(TableScan scan) {
    List<String> name = scan.getTable().getQualifiedName();
    return new TableName(name.get(0), name.get(1), name.get(2));
  }

  private TableAccess allowed(Session session, TableScan scan) {
    TableName table = name(scan);
    TableAccess access = accessControl.access(session, table);
    boolean seesHidden =
        scan.getRowType().getFieldNames().stream().anyMatch(access.hiddenColumns()::contains);
    if (!access.visible() || seesHidden) {
      throw notAllowed(table);
    }
    return access;
  }

  /** Looks at every scan, those in subqueries too. */
  private abstract static class Scans extends RelHomogeneousShuttle {
    private final RexShuttle inSubqueries =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery original) {
            RexSubQuery subquery = (RexSubQuery) super.visitSubQuery(original);
            RelNode read = subquery.rel.accept(Scans.this);
            return read == subquery.rel ? subquery : subquery.clone(read);
          }
        };

    abstract RelNode read(TableScan scan);

    @Override
    public RelNode visit(RelNode other) {
      return other instanceof TableScan scan ? read(scan) : super.visit(other).accept(inSubqueries);
    }
  }

  private final class Checking extends Scans {
    private final Session session;

    Checking(Session session) {
      this.session = session;
    }

    @Override
    RelNode read(TableScan scan) {
      if (!(scan instanceof GuardedScan)) {
        allowed(session, scan);
      }
      return scan;
    }
  }

  private final class Pass extends Scans {
    private final Session session;
    private final boolean whole;
    private final Set<Object> constants = new HashSet<>();
    private boolean ofOthers;
    private boolean filtered;

    /**
     * Makes a pass.
     *
     * @param whole whether it is the last over a statement; otherwise its scans must be known as
     *     authorized to the last
     */
    Pass(Session session, boolean whole) {
      this.session = session;
      this.whole = whole;
    }

    @Override
    RelNode read(TableScan scan) {
      if (scan instanceof GuardedScan guarded) {
        // Of a view that reads under the rights of whoever made it.
        ofOthers = true;
        return whole && guarded.filter().isEmpty()
            ? LogicalTableScan.create(scan.getCluster(), scan.getTable(), List.of())
            : guarded;
      }
      TableAccess access = allowed(session, scan);
      if (access.rowFilter().isEmpty() && access.masks().isEmpty()) {
        return whole ? scan : new GuardedScan(scan.getCluster(), scan.getTable(), Optional.empty());
      }
      return restricted(scan, policies.of(session, name(scan), access));
    }

    private RelNode restricted(TableScan scan, PolicyExpressions.Bound policy) {
      RexBuilder builder = scan.getCluster().getRexBuilder();
      var answers = new PolicyFunctions(builder, session.principal());
      Optional<RexNode> filter =
          policy
              .filter()
              .map(condition -> Optimizer.simplified(builder, condition.accept(answers)))
              .filter(condition -> !condition.isAlwaysTrue());
      RelNode rows =
          filter.isEmpty() && whole
              ? LogicalTableScan.create(scan.getCluster(), policy.table(), List.of())
              : new GuardedScan(scan.getCluster(), policy.table(), filter);
      filtered |= filter.isPresent();
      RelDataType all = rows.getRowType();
      List<RexNode> values = new ArrayList<>();
      for (RelDataTypeField field : scan.getRowType().getFieldList()) {
        RexNode mask = policy.masks().get(field.getName());
        RexNode value =
            mask == null ? column(all, field) : typed(builder, mask, mask.accept(answers));
        if (mask != null) {
          remember(value);
        }
        if (value == null || !value.getType().equals(field.getType())) {
          throw new KurobeException(
                  ErrorCode.NOT_ALLOWED, "not allowed to read " + name(scan) + " as it was planned")
              .withHint("the table or the rights to it were changed; ask again");
        }
        values.add(value);
      }
      boolean same = policy.masks().isEmpty() && values.size() == all.getFieldCount();
      return same
          ? rows
          : LogicalProject.create(rows, List.of(), values, scan.getRowType(), Set.of());
    }

    /** An answer is a constant, whose type says less than that of the question. */
    private static RexNode typed(RexBuilder builder, RexNode mask, RexNode value) {
      return value.getType().equals(mask.getType())
          ? value
          : builder.makeAbstractCast(SqlParserPos.ZERO, mask.getType(), value, false);
    }

    private static @Nullable RexNode column(RelDataType all, RelDataTypeField field) {
      RelDataTypeField found = all.getField(field.getName(), true, false);
      return found != null && SqlTypeUtil.equalSansNullability(found.getType(), field.getType())
          ? RexInputRef.of(found.getIndex(), all)
          : null;
    }

    private void remember(RexNode mask) {
      mask.accept(
          new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitLiteral(RexLiteral literal) {
              if (literal.isNull()) {
                return null;
              }
              switch (literal.getTypeName()) {
                case CHAR -> constants.add(literal.getValueAs(String.class));
                case DECIMAL, DOUBLE ->
                    constants.add(literal.getValueAs(java.math.BigDecimal.class));
                default -> {}
              }
              return null;
            }
          });
    }
  }
}
