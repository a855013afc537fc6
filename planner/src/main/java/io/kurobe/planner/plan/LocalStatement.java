package io.kurobe.planner.plan;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement that no source answers: it does its work when started and gives local rows. */
record LocalStatement(Kind kind, List<SqlType.Field> columns, Start start)
    implements PlannedStatement {
  /** The work. */
  interface Start {
    Execution run(ExecutionOptions options);
  }

  @Override
  public List<Optional<Origin>> origins() {
    return Collections.nCopies(columns.size(), Optional.empty());
  }

  @Override
  public List<SqlType> parameters() {
    return List.of();
  }

  @Override
  public Execution start(List<@Nullable Object> parameters, ExecutionOptions options) {
    return start.run(options);
  }
}
