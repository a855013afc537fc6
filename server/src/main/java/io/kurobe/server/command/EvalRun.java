package io.kurobe.server.command;

import io.kurobe.nl2sql.evaluation.RowComparison;
import io.kurobe.nl2sql.evaluation.ScoredAnswer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks questions over one connection and compares what comes back. One thread uses it. */
final class EvalRun {
  private static final int MOST_ROWS = 50_000;
  private static final int SECONDS = 300;

  /**
   * What came back for one question.
   *
   * @param sql the chosen SQL; null where none was
   * @param error one line; null where there were rows
   */
  record Prediction(
      EvalQuestion question,
      @Nullable String sql,
      List<String> columns,
      List<List<@Nullable Object>> rows,
      double confidence,
      double ms,
      @Nullable String error) {

    /** Whether the rows are the known ones. */
    boolean isRight() {
      return error == null
          && question.rows().isPresent()
          && RowComparison.same(question.rows().get(), rows, question.ordered());
    }
  }

  /** What EXPLAIN ASK tells of a question: who was asked, what it cost, whether it was mended. */
  record Steps(Set<String> generators, long tokens, boolean repaired) {}

  private final Connection connection;

  EvalRun(Connection connection) {
    this.connection = connection;
  }

  /** Asks a question of some generators, of all that are configured if none is named. */
  Prediction ask(EvalQuestion question, List<String> generators) {
    long since = System.nanoTime();
    String sql = null;
    double confidence = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      try (ResultSet chosen = statement.executeQuery(question.ask("ASK SQL", generators))) {
        if (chosen.next()) {
          sql = chosen.getString("sql");
          confidence = chosen.getDouble("confidence");
        }
      }
      return rows(question, statement, question.ask("ASK", generators), sql, confidence, since);
    } catch (SQLException e) {
      return failed(question, sql, confidence, since, e);
    }
  }

  /** Runs a query as it is. */
  Prediction run(EvalQuestion question, String sql) {
    long since = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      return rows(question, statement, sql, sql, 0, since);
    } catch (SQLException e) {
      return failed(question, sql, 0, since, e);
    }
  }

  /** How a question was answered; the answer itself is remembered by the gateway. */
  Steps steps(EvalQuestion question, List<String> generators) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> repaired = new LinkedHashSet<>();
    boolean mended = false;
    long tokens = 0;
    try (Statement statement = connection.createStatement();
        ResultSet steps = statement.executeQuery(question.ask("EXPLAIN ASK", generators))) {
      while (steps.next()) {
        String agent = steps.getString("agent");
        String subject = steps.getString("subject");
        String verdict = steps.getString("verdict");
        // What a generator took is told for each of its drafts too.
        tokens += agent.equals("draft") ? 0 : steps.getLong("tokens");
        if (agent.equals("generate")) {
          names.add(subject);
        } else if (agent.equals("validate") && "repaired".equals(verdict)) {
          repaired.add(subject);
        } else if (agent.equals("select") && "chosen".equals(verdict)) {
          mended |= repaired.containsAll(List.of(subject.split(", ")));
        }
      }
    } catch (SQLException e) {
      // A question that is refused has no steps to tell of.
      return new Steps(names, tokens, false);
    }
    return new Steps(names, tokens, mended);
  }

  /** The figures of a prediction. */
  static ScoredAnswer scored(Prediction prediction, Steps steps) {
    return new ScoredAnswer(
        prediction.question().id(),
        prediction.error() == null,
        prediction.isRight(),
        prediction.confidence(),
        prediction.ms(),
        steps.tokens(),
        steps.repaired());
  }

  private static Prediction rows(
      EvalQuestion question,
      Statement statement,
      String query,
      @Nullable String sql,
      double confidence,
      long since)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      int count = result.getMetaData().getColumnCount();
      for (int i = 1; i <= count; i++) {
        columns.add(result.getMetaData().getColumnLabel(i));
      }
      while (result.next() && rows.size() < MOST_ROWS) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
    }
    return new Prediction(question, sql, columns, rows, confidence, ms(since), null);
  }

  private static Prediction failed(
      EvalQuestion question,
      @Nullable String sql,
      double confidence,
      long since,
      SQLException error) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return new Prediction(
        question,
        sql,
        List.of(),
        List.of(),
        confidence,
        ms(since),
        error.getSQLState() + " " + message);
  }

  private static double ms(long since) {
    return (System.nanoTime() - since) / 1e6;
  }
}
