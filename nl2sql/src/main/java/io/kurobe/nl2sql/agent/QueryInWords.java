package io.kurobe.nl2sql.agent;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.CandidateValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Says what a query does clause by clause, without a model. Immutable. */
public final class QueryInWords implements Explainer {
  private static final int LONGEST = 1_000;

  @Override
  public Optional<String> explain(Candidate candidate, GenerationTask task) {
    long since = System.nanoTime();
    String words = of(candidate.tree());
    task.trace().add(ModelExplainer.NAME, "plan", words, "said", null, since, null);
    return Optional.of(words);
  }

  /** What a query does, one sentence. */
  static String of(SqlNode query) {
    String words = query(query);
    String sentence = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    return sentence.length() > LONGEST ? sentence.substring(0, LONGEST) + "..." : sentence;
  }

  private static String query(SqlNode node) {
    if (node instanceof SqlOrderBy order) {
      return query(order.query)
          + list(", sorted by ", order.orderList, QueryInWords::ordered)
          + cut(order.fetch, order.offset);
    }
    if (node instanceof SqlWith with) {
      String steps =
          with.withList.getList().stream()
              .filter(SqlWithItem.class::isInstance)
              .map(SqlWithItem.class::cast)
              .map(item -> item.name.getSimple() + ": " + query(item.query))
              .collect(Collectors.joining("; "));
      return "first " + steps + "; then " + query(with.body);
    }
    if (node instanceof SqlSelect select) {
      return select(select);
    }
    if (node instanceof SqlCall call && call.operandCount() == 2) {
      String word =
          switch (call.getKind()) {
            case UNION -> "; and with them ";
            case EXCEPT -> "; but without ";
            case INTERSECT -> "; as far as they are also among ";
            default -> null;
          };
      if (word != null) {
        return query(call.operand(0)) + word + query(call.operand(1));
      }
    }
    return "gives " + text(node);
  }

  private static String select(SqlSelect select) {
    boolean groups = select.getGroup() != null && !select.getGroup().isEmpty();
    String shown =
        list(
            select.isDistinct() ? "shows each different " : "shows ",
            select.getSelectList(),
            QueryInWords::shown);
    List<String> tables = new ArrayList<>();
    if (select.getFrom() != null) {
      from(select.getFrom(), tables);
    }
    return shown
        + (tables.isEmpty() ? "" : " from " + String.join("", tables))
        + condition(" where ", select.getWhere())
        + (groups ? list(", one row for each ", select.getGroup(), QueryInWords::text) : "")
        + condition(", only groups with ", select.getHaving())
        + list(", sorted by ", select.getOrderList(), QueryInWords::ordered)
        + cut(select.getFetch(), select.getOffset());
  }

  private static String condition(String before, @Nullable SqlNode condition) {
    return condition == null ? "" : before + text(condition);
  }

  private static void from(SqlNode node, List<String> tables) {
    if (node instanceof SqlJoin join) {
      from(join.getLeft(), tables);
      tables.add(
          switch (join.getJoinType()) {
            case LEFT -> ", with or without ";
            case RIGHT -> ", as far as there are any, for all of ";
            case FULL -> " and, with or without each other, ";
            default -> " with their ";
          });
      from(join.getRight(), tables);
      return;
    }
    if (node instanceof SqlBasicCall call && call.getKind() == SqlKind.AS) {
      from(call.operand(0), tables);
      return;
    }
    tables.add(
        node instanceof SqlIdentifier name
            ? name.names.get(name.names.size() - 1)
            : "what (" + query(node) + ")");
  }

  private static String shown(SqlNode node) {
    if (node instanceof SqlIdentifier name && name.isStar()) {
      return "all columns";
    }
    if (node instanceof SqlBasicCall call && call.getKind() == SqlKind.AS) {
      return text(call.operand(0)) + " as " + text(call.operand(1));
    }
    return text(node);
  }

  private static String ordered(SqlNode node) {
    if (node instanceof SqlBasicCall call) {
      if (call.getKind() == SqlKind.NULLS_FIRST || call.getKind() == SqlKind.NULLS_LAST) {
        return ordered(call.operand(0));
      }
      if (call.getKind() == SqlKind.DESCENDING) {
        return text(call.operand(0)) + " from the greatest down";
      }
    }
    return text(node);
  }

  private static String cut(@Nullable SqlNode fetch, @Nullable SqlNode offset) {
    return (fetch == null ? "" : ", the first " + text(fetch))
        + (offset == null ? "" : " after " + text(offset));
  }

  private interface Words {
    String of(SqlNode node);
  }

  private static String list(String before, @Nullable SqlNodeList nodes, Words words) {
    return nodes == null || nodes.isEmpty()
        ? ""
        : before + nodes.stream().map(words::of).collect(Collectors.joining(", "));
  }

  private static String text(SqlNode node) {
    return CandidateValidator.written(node);
  }
}
