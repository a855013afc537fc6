package io.kurobe.planner.plan;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.authorize.PolicyExpressions;
import io.kurobe.planner.bind.TreeCopy;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * Refuses row filters and masks that could not be enforced, before they are kept. Of a name that
 * means no table, or more than one, whoever keeps them tells.
 */
record PolicyChecks(Catalog catalog, PolicyExpressions policies) {
  /**
   * Looks at a statement of one who may make policies.
   *
   * @throws KurobeException with the position in the statement
   */
  void check(Session session, SecurityStatement statement) {
    if (statement instanceof SecurityStatement.CreateRowFilter filter) {
      table(filter.table())
          .ifPresent(
              table -> policies.checkRowFilter(session, table, TreeCopy.of(filter.condition())));
    } else if (statement instanceof SecurityStatement.CreateMask mask
        && mask.masked() instanceof SecurityStatement.Masked.Expression masked) {
      table(mask.table())
          .ifPresent(
              table ->
                  policies.checkMask(
                      session, table, mask.column(), TreeCopy.of(masked.expression())));
    }
  }

  /** The only table of a name: whole, or in the default schema of a source. */
  private Optional<TableName> table(SqlIdentifier written) {
    List<String> names = written.names;
    List<TableName> found = new ArrayList<>();
    for (Source source : catalog.sources()) {
      if (names.size() < 2 || !source.name().equalsIgnoreCase(names.get(0))) {
        continue;
      }
      for (SchemaMetadata schema : catalog.known(source.name()).schemas()) {
        boolean meant =
            names.size() == 3
                ? schema.name().equalsIgnoreCase(names.get(1))
                : schema.name().equals(source.defaultSchema());
        for (TableMetadata table : schema.tables()) {
          if (meant && table.name().equalsIgnoreCase(names.get(names.size() - 1))) {
            found.add(new TableName(source.name(), schema.name(), table.name()));
          }
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
