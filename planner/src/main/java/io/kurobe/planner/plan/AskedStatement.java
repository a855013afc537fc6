package io.kurobe.planner.plan;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.ask.AskExpander.Answer;
import io.kurobe.planner.ask.AskLog;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement that runs answers of questions: each time it starts, that is written down. */
record AskedStatement(PlannedStatement plan, Session session, List<Answer> answers, AskLog log)
    implements PlannedStatement {
  @Override
  public Kind kind() {
    return plan.kind();
  }

  @Override
  public List<SqlType.Field> columns() {
    return plan.columns();
  }

  @Override
  public List<Optional<Origin>> origins() {
    return plan.origins();
  }

  @Override
  public List<String> tables() {
    return plan.tables();
  }

  @Override
  public List<SqlType> parameters() {
    return plan.parameters();
  }

  @Override
  public Execution start(List<@Nullable Object> parameters, ExecutionOptions options) {
    log.answered(session, options.queryId(), answers);
    return plan.start(parameters, options);
  }
}
