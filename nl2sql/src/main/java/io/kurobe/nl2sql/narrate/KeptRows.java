package io.kurobe.nl2sql.narrate;

import io.kurobe.adapters.source.SourceConfig.Models;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.QuestionSupport;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Tells why a query's rows are kept from models. */
final class KeptRows {
  private static final String STAR = "*";

  private KeptRows() {}

  /**
   * The reason; empty if models may see the rows: every source that is read allows it, and no
   * column that is read, be it to compare it only, holds what is personal.
   */
  static Optional<String> because(SqlNode query, BoundQuestion bound, QuestionSupport support) {
    ModelGate gate = support.models();
    Set<String> read = columns(query);
    for (RelOptTable each : RelOptUtil.findAllTables(bound.tree())) {
      SourceTable source = each.unwrap(SourceTable.class);
      if (source == null) {
        return Optional.of("they are not of a source");
      }
      TableName name = source.name();
      Models models =
          support
              .catalog()
              .source(name.source())
              .map(SourceCatalog::config)
              .map(config -> config.models())
              .orElse(Models.CLOSED);
      if (models != Models.ALLOW) {
        return Optional.of(
            "source '"
                + name.source()
                + "' gives models "
                + (models == Models.CLOSED
                    ? "nothing (models: closed)"
                    : "no values (models: no-values)"));
      }
      Optional<TableMetadata> table = gate.catalog().table(name);
      if (table.isEmpty()) {
        return Optional.of("models do not know of " + name);
      }
      for (TableMetadata.Column column : table.get().columns()) {
        boolean isRead = read.contains(STAR) || read.contains(even(column.name()));
        if (isRead && !gate.givesValues(name, column.name())) {
          return Optional.of(name + "." + column.name() + " is held to be personal");
        }
      }
    }
    return Optional.empty();
  }

  private static Set<String> columns(SqlNode query) {
    Set<String> names = new HashSet<>();
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            names.add(name.isStar() ? STAR : even(name.names.get(name.names.size() - 1)));
            return null;
          }
        });
    return names;
  }

  private static String even(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
