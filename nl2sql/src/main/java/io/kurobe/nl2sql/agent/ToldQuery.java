package io.kurobe.nl2sql.agent;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.Probe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What a model may be told of a candidate: nothing if it reads a source that models do not know of,
 * and neither rows nor texts that the asker did not say if a column it reads keeps its values from
 * models.
 */
final class ToldQuery {
  private static final String STAR = "*";
  private static final int MOST_ROWS = 5;
  private static final int LONGEST_CELL = 60;

  private final Candidate candidate;
  private final GenerationTask task;
  private final boolean givesValues;

  private ToldQuery(Candidate candidate, GenerationTask task, boolean givesValues) {
    this.candidate = candidate;
    this.task = task;
    this.givesValues = givesValues;
  }

  /** What may be told; empty if nothing may. */
  static Optional<ToldQuery> of(Candidate candidate, GenerationTask task) {
    ModelGate gate = task.support().models();
    Set<String> read = read(candidate.tree());
    boolean all = read.contains(STAR);
    boolean gives = true;
    for (TableName name : tables(candidate)) {
      Optional<TableMetadata> table = gate.catalog().table(name);
      if (table.isEmpty()) {
        return Optional.empty();
      }
      for (TableMetadata.Column column : table.get().columns()) {
        boolean isRead = all || read.contains(even(column.name()));
        gives &= !isRead || gate.givesValues(name, column.name());
      }
    }
    return Optional.of(new ToldQuery(candidate, task, gives));
  }

  private static List<TableName> tables(Candidate candidate) {
    List<TableName> names = new ArrayList<>();
    RelOptUtil.findAllTables(candidate.bound().tree()).stream()
        .map(table -> table.unwrap(SourceTable.class))
        .forEach(table -> names.add(table == null ? new TableName("", "", "") : table.name()));
    return names;
  }

  /** The names of columns in a query, or a star; what is only counted is not read. */
  private static Set<String> read(SqlNode query) {
    Set<String> names = new HashSet<>();
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            names.add(name.isStar() ? STAR : even(name.names.get(name.names.size() - 1)));
            return null;
          }

          @Override
          public @Nullable Void visit(SqlCall call) {
            boolean counts =
                call.getKind() == SqlKind.COUNT
                    && call.operandCount() == 1
                    && call.operand(0) instanceof SqlIdentifier name
                    && name.isStar();
            return counts ? null : super.visit(call);
          }
        });
    return names;
  }

  private static String even(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The query's text. */
  String sql() {
    if (givesValues) {
      return candidate.sql();
    }
    String said =
        even(task.question().text() + " " + task.question().options().getOrDefault("evidence", ""));
    SqlNode hushed =
        candidate
            .tree()
            .accept(
                new SqlShuttle() {
                  @Override
                  public SqlNode visit(SqlLiteral literal) {
                    return literal.getTypeName() == SqlTypeName.CHAR
                            && !said.contains(even(literal.getValueAs(String.class)))
                        ? SqlLiteral.createCharString("...", literal.getParserPosition())
                        : literal;
                  }
                });
    return CandidateValidator.written(hushed);
  }

  /** Its first rows, a line each, or how many there are. */
  String rows(Optional<Probe> probe) {
    if (probe.isEmpty()) {
      return "not run";
    }
    List<List<@Nullable Object>> rows = probe.get().rows();
    String count =
        rows.size()
            + (probe.get().complete() ? "" : " or more")
            + (rows.size() == 1 ? " row" : " rows");
    if (!givesValues || rows.isEmpty()) {
      return count;
    }
    return count
        + ":\n"
        + rows.stream().limit(MOST_ROWS).map(ToldQuery::line).collect(Collectors.joining("\n"));
  }

  private static String line(List<@Nullable Object> row) {
    return row.stream().map(ToldQuery::cell).collect(Collectors.joining(" | "));
  }

  private static String cell(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("[\\s\\p{Cntrl}]+", " ");
    return text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) + "..." : text;
  }
}
