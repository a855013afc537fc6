package io.kurobe.planner.fragment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.type.SqlType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;

/**
 * A part of a plan that one source runs as one query.
 *
 * @param name the name of the relation it is staged into, or {@code result}
 * @param source who runs it
 * @param tree what runs
 * @param columns its columns, under names that differ by more than case
 */
public record SourceFragment(
    String name, Source source, RelNode tree, List<SqlType.Field> columns) {
  public SourceFragment {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    requireNonNull(tree, "tree is null");
    columns = List.copyOf(columns);
  }

  /** The fragment with its tree in another form, of the same columns. */
  SourceFragment with(UnaryOperator<RelNode> form) {
    return new SourceFragment(name, source, form.apply(tree), columns);
  }

  /**
   * The fragment with only the rows of which a condition on one column holds, as near to its table
   * as may be.
   *
   * @param condition makes the condition of a reference to the column
   */
  public SourceFragment where(int column, UnaryOperator<RexNode> condition) {
    RelNode narrowed =
        KeyTrace.change(
            tree,
            column,
            found -> {
              RelNode below = found.node();
              RexNode reference =
                  below.getCluster().getRexBuilder().makeInputRef(below, found.column());
              // Made so, and not by its factory, as that asks for metadata, which one thread may.
              RelNode filter =
                  new LogicalFilter(
                      below.getCluster(),
                      below.getTraitSet(),
                      ImmutableList.of(),
                      below,
                      condition.apply(reference),
                      ImmutableSet.of());
              return new KeyTrace(filter, found.column());
            });
    return new SourceFragment(name, source, narrowed, columns);
  }
}
