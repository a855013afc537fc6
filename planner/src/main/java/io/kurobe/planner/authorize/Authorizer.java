package io.kurobe.planner.authorize;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Session;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/**
 * Enforces {@link AccessControl} on the bound tree, before anything is optimized, whoever wrote the
 * query. The catalog a session binds against already lacks what its principal may not see; this is
 * the line behind it that does not depend on how a name was found. Threads share it.
 */
public final class Authorizer {
  private final AccessControl accessControl;

  public Authorizer(AccessControl accessControl) {
    this.accessControl = accessControl;
  }

  /**
   * The tree as the session's principal may run it.
   *
   * @throws KurobeException NOT_ALLOWED if it reads what the principal may not see
   */
  public RelNode authorize(Session session, RelNode tree) {
    tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            if (other instanceof TableScan scan) {
              check(session, scan);
            }
            return super.visit(other);
          }

          @Override
          public RelNode visit(TableScan scan) {
            check(session, scan);
            return scan;
          }
        });
    return tree;
  }

  private void check(Session session, TableScan scan) {
    List<String> name = scan.getTable().getQualifiedName();
    TableName table = new TableName(name.get(0), name.get(1), name.get(2));
    TableAccess access = accessControl.access(session, table);
    boolean seesHidden =
        scan.getRowType().getFieldNames().stream().anyMatch(access.hiddenColumns()::contains);
    if (!access.visible() || seesHidden) {
      throw new KurobeException(ErrorCode.NOT_ALLOWED, "not allowed to read " + table);
    }
    if (access.rowFilter().isPresent() || !access.masks().isEmpty()) {
      // Until filters and masks are part of the tree, what has one is closed, never open.
      throw new KurobeException(ErrorCode.NOT_ALLOWED, "not allowed to read " + table + " in full");
    }
  }
}
