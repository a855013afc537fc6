package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/** A plan cut into fragments. */
public sealed interface FragmentPlan {

  /** Why parts were not pushed down; one sentence each. */
  List<String> notPushed();

  /** One source runs all of it, and its rows stream straight to the client. */
  record AtSource(SourceFragment fragment) implements FragmentPlan {
    @Override
    public List<String> notPushed() {
      return List.of();
    }
  }

  /**
   * The engine runs the top over staged relations and attached sources.
   *
   * @param staged what each source runs first, one relation each
   * @param attached the attached sources it reads in place
   * @param tree the engine's part, with a {@link StagedScan} for each staged relation
   */
  record AtEngine(
      List<SourceFragment> staged, Set<String> attached, RelNode tree, List<String> notPushed)
      implements FragmentPlan {
    public AtEngine {
      staged = List.copyOf(staged);
      attached = Set.copyOf(attached);
      notPushed = List.copyOf(notPushed);
    }

    /** The only source of a plan that stages nothing and reads one attached source in place. */
    public Optional<String> onlySource() {
      return staged.isEmpty() && attached.size() == 1
          ? Optional.of(attached.iterator().next())
          : Optional.empty();
    }
  }

  /** The sources a plan reads, by {@link Source#name}. */
  static Set<String> sources(FragmentPlan plan) {
    if (plan instanceof AtSource at) {
      return Set.of(at.fragment().source().name());
    }
    AtEngine at = (AtEngine) plan;
    Set<String> names = new java.util.LinkedHashSet<>(at.attached());
    at.staged().forEach(fragment -> names.add(fragment.source().name()));
    return names;
  }
}
