package io.kurobe.planner.execute;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.fragment.FragmentPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Another plan for an execution that failed before it gave a row. */
public interface Replanning {
  /**
   * A plan with every parameter in place.
   *
   * @param fetched the columns it gives: the visible ones first, then those that only order
   */
  record Plan(FragmentPlan fragments, List<SqlType.Field> fetched) {
    public Plan {
      fetched = List.copyOf(fetched);
    }
  }

  /**
   * The plan to run instead; empty where the failure has nothing to do with the plan's age.
   *
   * @param sources those of which one failed
   * @throws KurobeException if the statement cannot be planned any more as its client knows it
   */
  Optional<Plan> after(KurobeException failure, Set<String> sources);
}
