package io.kurobe.planner.plan;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code ASK ?}: the question comes with each execution, and with it the columns. */
record AskParameter(Function<String, PlannedStatement> planner) implements PlannedStatement {
  @Override
  public Kind kind() {
    return Kind.QUERY;
  }

  @Override
  public List<SqlType.Field> columns() {
    return List.of();
  }

  @Override
  public List<Optional<Origin>> origins() {
    return List.of();
  }

  @Override
  public List<SqlType> parameters() {
    return List.of(SqlType.VARCHAR);
  }

  @Override
  public Execution start(List<@Nullable Object> parameters, ExecutionOptions options) {
    Object question = parameters.isEmpty() ? null : parameters.get(0);
    if (question == null) {
      throw new KurobeException(ErrorCode.MISSING_PARAMETER, "ASK ? has no question")
          .withHint("set parameter 1 to the question");
    }
    return planner.apply(question.toString()).start(List.of(), options);
  }
}
