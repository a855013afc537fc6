package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;

/** The tables and views that rights are about, whoever may see them. Threads share it. */
interface KnownTables extends PolicyCheck {
  /**
   * A table or a view, with all its columns.
   *
   * @param types empty for a view
   */
  record Known(TableName name, List<String> columns, List<SqlType> types) {
    public Known {
      requireNonNull(name, "name is null");
      columns = List.copyOf(columns);
      types = List.copyOf(types);
    }

    /** The type of a column; empty if there is none of exactly that name. */
    Optional<SqlType> type(String column) {
      int at = columns.indexOf(column);
      return at < 0 || at >= types.size() ? Optional.empty() : Optional.of(types.get(at));
    }

    /** The column of a name: exact case first. */
    Optional<String> column(String written) {
      return columns.contains(written)
          ? Optional.of(written)
          : columns.stream().filter(written::equalsIgnoreCase).findFirst();
    }
  }

  /**
   * A source, or that of all views.
   *
   * @param schemas empty while nothing is known of it
   */
  record KnownSource(String name, String defaultSchema, List<String> schemas) {
    public KnownSource {
      requireNonNull(name, "name is null");
      requireNonNull(defaultSchema, "defaultSchema is null");
      schemas = List.copyOf(schemas);
    }
  }

  /** All sources, the views' last. */
  List<KnownSource> sources();

  /** The tables of a schema. */
  List<Known> tables(String source, String schema);

  /** The table of exactly that name: the same object for as long as it is the same. */
  Optional<Known> find(TableName name);

  /** Before there is a catalog: nobody sees anything. */
  KnownTables NONE =
      new KnownTables() {
        @Override
        public List<KnownSource> sources() {
          return List.of();
        }

        @Override
        public List<Known> tables(String source, String schema) {
          return List.of();
        }

        @Override
        public Optional<Known> find(TableName name) {
          return Optional.empty();
        }

        @Override
        public void check(
            Session session, TableName table, Optional<String> column, String expression) {
          throw new IllegalStateException("there is no catalog yet");
        }
      };
}
