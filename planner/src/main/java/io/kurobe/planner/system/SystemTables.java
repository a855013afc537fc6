package io.kurobe.planner.system;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.execute.FragmentLog;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The tables of the source {@code system}. They are no part of the unified catalog: a question does
 * not look at them, and nothing but their full names reaches them. Threads share it.
 */
public final class SystemTables {
  /** The source's name. */
  public static final String NAME = SourceCatalog.SYSTEM;

  private static final String RUNTIME = "runtime";

  private final List<SystemTable> tables;
  private final SourceCatalog described;

  /**
   * Makes the tables over what there is to know.
   *
   * @param described the catalog as a session's principal may see it, views included
   * @param whyNotRun why a session cannot run a query; empty if it can
   */
  public SystemTables(
      Catalog catalog,
      Function<Session, CatalogSnapshot> described,
      Activity activity,
      FragmentLog fragments,
      Classifier classifier,
      Administration administration,
      Clock clock,
      Memory memory,
      BiFunction<Session, String, Optional<String>> whyNotRun) {
    List<SystemTable> made = new ArrayList<>(RuntimeTables.of(activity, clock));
    made.add(SourcesTable.of(catalog, clock));
    made.add(FragmentsTable.of(fragments));
    made.add(AuditTable.of(activity));
    made.add(PrivacyTable.of(catalog, classifier));
    made.addAll(SecurityTables.of(administration));
    made.addAll(AskTables.of(memory, whyNotRun));
    JdbcRelation.all().forEach(relation -> made.add(relation.over(described)));
    this.tables = List.copyOf(made);
    this.described = new SourceCatalog(config(), RUNTIME, metadata(tables));
  }

  /**
   * Access control that leaves {@code system.jdbc}, {@code system.privacy} and {@code system.ask}
   * open: everyone may read them, and sees of them what is of tables that one may see, and what one
   * asked oneself. {@code system.audit} and {@code system.security} are for their roles, whatever
   * is granted.
   */
  public static AccessControl open(AccessControl accessControl) {
    if (accessControl == AccessControl.OPEN) {
      return accessControl;
    }
    return new AccessControl() {
      @Override
      public TableAccess access(Session session, TableName table) {
        if (table.source().equals(NAME)
            && (table.schema().equals(JdbcRelation.SCHEMA)
                || table.schema().equals(PrivacyTable.SCHEMA)
                || table.schema().equals(AskTables.SCHEMA))) {
          return TableAccess.ALL;
        }
        if (table.source().equals(NAME) && table.schema().equals(AuditTable.SCHEMA)) {
          return AuditTable.isFor(session) ? TableAccess.ALL : TableAccess.NONE;
        }
        if (table.source().equals(NAME) && table.schema().equals(SecurityTables.SCHEMA)) {
          return SecurityTables.isFor(session) ? TableAccess.ALL : TableAccess.NONE;
        }
        return accessControl.access(session, table);
      }

      @Override
      public long version() {
        return accessControl.version();
      }

      @Override
      public Optional<Principal> principal(String name) {
        return accessControl.principal(name);
      }
    };
  }

  private static CatalogMetadata metadata(List<SystemTable> tables) {
    Map<String, List<TableMetadata>> schemas = new LinkedHashMap<>();
    for (SystemTable table : tables) {
      schemas.computeIfAbsent(table.schema(), name -> new ArrayList<>()).add(table.metadata());
    }
    return new CatalogMetadata(
        schemas.entrySet().stream()
            .map(schema -> new SchemaMetadata(schema.getKey(), schema.getValue()))
            .toList());
  }

  private static SourceConfig config() {
    return new SourceConfig(
        NAME,
        NAME,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(RUNTIME),
        1,
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        12,
        SourceConfig.Models.CLOSED,
        SourceConfig.Selection.PLAN,
        Map.of());
  }

  /** What tables there are, the same for everyone. */
  public SourceCatalog catalog() {
    return described;
  }

  /** The source as a viewer sees it; there is nothing to close. */
  public Source seenBy(Viewer viewer, BufferAllocator allocator) {
    return new SystemSource(this, viewer, allocator);
  }

  SystemTable table(String schema, String name) {
    return tables.stream()
        .filter(table -> table.schema().equals(schema) && table.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new KurobeException(
                    ErrorCode.UNKNOWN_TABLE,
                    "table system." + schema + "." + name + " does not exist"));
  }
}
