package io.kurobe.server.security;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.session.Session;
import io.kurobe.server.audit.Actor;
import io.kurobe.server.audit.Audit;
import io.kurobe.server.audit.AuditEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records in the audit who changed who may see what, or tried to. Threads share it. */
public final class AuditedStatements implements Administration {
  private final Administration next;
  private final Audit audit;

  public AuditedStatements(Administration next, Audit audit) {
    this.next = requireNonNull(next, "next is null");
    this.audit = requireNonNull(audit, "audit is null");
  }

  @Override
  public List<SqlType.Field> columns(SecurityStatement statement) {
    return next.columns(statement);
  }

  @Override
  public List<List<@Nullable Object>> run(Session session, SecurityStatement statement) {
    if (statement instanceof SecurityStatement.Show) {
      return next.run(session, statement);
    }
    boolean done = false;
    try {
      List<List<@Nullable Object>> rows = next.run(session, statement);
      done = true;
      return rows;
    } finally {
      // Its address is in the record of the statement, which was written before this began.
      audit.record(
          new AuditEvent.AccessChanged(
              Actor.of(session.principal(), ""), statement.toString(), done));
    }
  }
}
