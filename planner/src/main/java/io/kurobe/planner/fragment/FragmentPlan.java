package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;

/** A plan cut into fragments. */
public sealed interface FragmentPlan {

  /** Why parts were not pushed down; one sentence each. */
  List<String> notPushed();

  /** Those of them that tell of a source that cannot run what it has all inputs of. */
  default List<String> refused() {
    return notPushed().stream().filter(NotPushed::isRefusal).toList();
  }

  /** The plan with further sentences that say why parts were not pushed down. */
  default FragmentPlan because(List<String> reasons) {
    return reasons.isEmpty() || !(this instanceof AtEngine at)
        ? this
        : new AtEngine(
            at.staged(),
            at.attached(),
            at.computed(),
            at.filters(),
            at.tree(),
            Stream.concat(reasons.stream(), at.notPushed().stream()).toList());
  }

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
   * @param computed what the engine computes before the rest, in an order in which each reads only
   *     what is before it
   * @param filters which fragments wait for keys of which relations, never in a circle
   * @param tree the engine's part, with a {@link StagedScan} for each staged relation
   */
  record AtEngine(
      List<SourceFragment> staged,
      Set<Source> attached,
      List<EngineRelation> computed,
      List<KeyFilter> filters,
      RelNode tree,
      List<String> notPushed)
      implements FragmentPlan {
    public AtEngine {
      staged = List.copyOf(staged);
      attached = Set.copyOf(attached);
      computed = List.copyOf(computed);
      filters = List.copyOf(filters);
      notPushed = List.copyOf(notPushed);
    }

    /** A plan in which nothing waits for anything. */
    AtEngine(
        List<SourceFragment> staged, Set<Source> attached, RelNode tree, List<String> notPushed) {
      this(staged, attached, List.of(), List.of(), tree, notPushed);
    }

    /** The plan with the engine's trees in another form. */
    public AtEngine withEngineTrees(UnaryOperator<RelNode> form) {
      return new AtEngine(
          staged,
          attached,
          computed.stream()
              .map(
                  relation ->
                      new EngineRelation(
                          relation.name(), form.apply(relation.tree()), relation.columns()))
              .toList(),
          filters,
          form.apply(tree),
          notPushed);
    }

    /** The plan with the sources' trees in another form. */
    public AtEngine withFragments(UnaryOperator<SourceFragment> form) {
      return new AtEngine(
          staged.stream().map(form).toList(), attached, computed, filters, tree, notPushed);
    }

    /** The filter that a fragment waits for. */
    public Optional<KeyFilter> filterOf(SourceFragment fragment) {
      return filters.stream()
          .filter(filter -> filter.fragment().equals(fragment.name()))
          .findFirst();
    }

    /** The names of the attached sources, in order. */
    public Set<String> attachedNames() {
      return attached.stream().map(Source::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The only source of a plan that stages nothing and reads one attached source in place. */
    public Optional<String> onlySource() {
      return staged.isEmpty() && attached.size() == 1
          ? Optional.of(attached.iterator().next().name())
          : Optional.empty();
    }
  }

  /** The sources a plan reads, by {@link Source#name}. */
  static Set<String> sources(FragmentPlan plan) {
    if (plan instanceof AtSource at) {
      return Set.of(at.fragment().source().name());
    }
    AtEngine at = (AtEngine) plan;
    Set<String> names = new LinkedHashSet<>(at.attachedNames());
    at.staged().forEach(fragment -> names.add(fragment.source().name()));
    return names;
  }
}
