package io.kurobe.planner.parser;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.StatementPosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every tree that leaves the parser: it is shallow enough for the steps after it,
 * which recurse, and {@code ASK ?} is a whole statement or nowhere.
 */
final class StatementTree {
  private static final int MAX_DEPTH = 1_000;

  private record Visit(SqlNode node, int depth) {}

  private StatementTree() {}

  static void check(Statement statement) {
    query(statement).ifPresent(StatementTree::check);
  }

  static KurobeException tooDeep(@Nullable Throwable cause) {
    return new KurobeException(
            ErrorCode.STATEMENT_TOO_LARGE, "the statement is nested too deeply", cause)
        .withHint("IN (…) takes the place of a long chain of OR");
  }

  private static Optional<SqlNode> query(Statement statement) {
    if (statement instanceof Statement.Query query) {
      return Optional.of(query.query());
    }
    if (statement instanceof Statement.Explain explain) {
      return Optional.of(explain.query());
    }
    if (statement instanceof Statement.CreateView view) {
      return Optional.of(view.query());
    }
    if (statement instanceof Statement.Teach teach) {
      return Optional.of(teach.query());
    }
    return Optional.empty();
  }

  static void check(SqlNode root) {
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(root, 1));
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      if (visit.depth() > MAX_DEPTH) {
        throw tooDeep(null);
      }
      if (visit.node() instanceof SqlAsk ask && ask.isParameter() && ask != root) {
        var position = ask.getParserPosition();
        throw new KurobeException(
                ErrorCode.NOT_SUPPORTED, "ASK ? is a whole statement, not a part of one")
            .at(new StatementPosition(position.getLineNum(), position.getColumnNum()))
            .withHint("write the question as a string: ASK '…'");
      }
      for (SqlNode child : children(visit.node())) {
        if (child != null) {
          open.push(new Visit(child, visit.depth() + 1));
        }
      }
    }
  }

  private static List<@Nullable SqlNode> children(SqlNode node) {
    if (node instanceof SqlCall call) {
      return call.getOperandList();
    }
    return node instanceof SqlNodeList list ? list.getList() : List.of();
  }
}
