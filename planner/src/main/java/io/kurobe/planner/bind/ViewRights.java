package io.kurobe.planner.bind;

import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.session.Session;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/** Under whose rights a view reads, and who may read it. Threads share it. */
public interface ViewRights {
  /** Whether a view exists for a session. */
  boolean isVisible(Session session, ViewDefinition view);

  /** The columns of a view that do not exist for a session. */
  Set<String> hiddenColumns(Session session, ViewDefinition view);

  /** The session under whose rights a view reads if it is read by another. */
  Session reading(Session session, ViewDefinition view);

  /** The bound tree of a view as a session may run it, whoever reads the view. */
  RelNode authorized(Session session, RelNode tree);

  /** Everyone reads every view with rights of his own. */
  ViewRights OPEN =
      new ViewRights() {
        @Override
        public boolean isVisible(Session session, ViewDefinition view) {
          return true;
        }

        @Override
        public Set<String> hiddenColumns(Session session, ViewDefinition view) {
          return Set.of();
        }

        @Override
        public Session reading(Session session, ViewDefinition view) {
          return session;
        }

        @Override
        public RelNode authorized(Session session, RelNode tree) {
          return tree;
        }
      };
}
