package io.kurobe.planner.fragment;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.type.SqlType;
import java.util.List;
import org.apache.calcite.rel.RelNode;

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
}
