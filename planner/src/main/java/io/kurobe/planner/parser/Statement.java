package io.kurobe.planner.parser;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.ViewDefinition;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** A statement as it was written: parsed, and nothing more. The kinds are a closed set. */
public sealed interface Statement {

  /**
   * A query, an ASK among them.
   *
   * @param parameterCount how many {@code ?} stand in it
   */
  record Query(SqlNode query, int parameterCount) implements Statement {
    public Query {
      requireNonNull(query, "query is null");
    }
  }

  /** EXPLAIN [ANALYZE] query. */
  record Explain(SqlNode query, boolean analyze) implements Statement {
    public Explain {
      requireNonNull(query, "query is null");
    }
  }

  /** EXPLAIN ASK: how the question is understood. */
  record ExplainAsk(SqlAsk ask) implements Statement {
    public ExplainAsk {
      requireNonNull(ask, "ask is null");
    }
  }

  /** ASK SQL: the chosen SQL, without running it. */
  record AskSql(SqlAsk ask) implements Statement {
    public AskSql {
      requireNonNull(ask, "ask is null");
    }
  }

  /**
   * CREATE [OR REPLACE] VIEW name [SECURITY DEFINER|INVOKER] AS query.
   *
   * @param security under whose rights it is to read; empty for the usual
   */
  record CreateView(
      SqlIdentifier name,
      SqlNode query,
      boolean replace,
      Optional<ViewDefinition.Security> security)
      implements Statement {
    public CreateView {
      requireNonNull(security, "security is null");
      requireNonNull(name, "name is null");
      requireNonNull(query, "query is null");
    }
  }

  /** DROP VIEW [IF EXISTS] name. */
  record DropView(SqlIdentifier name, boolean ifExists) implements Statement {
    public DropView {
      requireNonNull(name, "name is null");
    }
  }

  /** REFRESH VIEW name: asks the view's question again. */
  record RefreshView(SqlIdentifier name) implements Statement {
    public RefreshView {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * REFRESH [source]: reads the catalog and the statistics anew, of all sources if none is named.
   */
  record Refresh(Optional<String> source) implements Statement {
    public Refresh {
      requireNonNull(source, "source is null");
    }
  }

  /** COMMENT ON …; an empty text takes the comment away. */
  record CommentOn(Target target, SqlIdentifier name, Optional<String> text) implements Statement {
    /** What a comment can be on. */
    public enum Target {
      VIEW,
      TABLE,
      COLUMN
    }

    public CommentOn {
      requireNonNull(target, "target is null");
      requireNonNull(name, "name is null");
      requireNonNull(text, "text is null");
    }
  }

  /**
   * SET name = value, ….
   *
   * @param name as written
   * @param values as text; a dotted name keeps its dots, and its quotes where a part needs them
   */
  record SetOption(String name, List<String> values) implements Statement {
    public SetOption {
      requireNonNull(name, "name is null");
      values = List.copyOf(values);
    }
  }

  /** RESET name, and SET name = DEFAULT. */
  record ResetOption(String name) implements Statement {
    public ResetOption {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * SHOW of a list of things or of a setting.
   *
   * @param of the source, schema, relation or setting that is named
   * @param like the pattern that the names match
   */
  record Show(Kind kind, Optional<SqlIdentifier> of, Optional<String> like) implements Statement {
    /**
     * What can be shown; SETTING is the one named, SETTINGS are all of them, WARNINGS those of the
     * connection's last statement, METRICS those of the semantic layer.
     */
    public enum Kind {
      CATALOGS,
      SCHEMAS,
      TABLES,
      COLUMNS,
      VIEWS,
      SETTING,
      SETTINGS,
      WARNINGS,
      METRICS
    }

    public Show {
      requireNonNull(kind, "kind is null");
      requireNonNull(of, "of is null");
      requireNonNull(like, "like is null");
    }

    static Show of(Kind kind, @Nullable SqlIdentifier of, @Nullable String like) {
      if (kind == Kind.SETTING && of != null && of.toString().equalsIgnoreCase("warnings")) {
        // No setting has this name, and no word of SQL need be one more.
        return new Show(Kind.WARNINGS, Optional.empty(), Optional.empty());
      }
      if (kind == Kind.SETTING && of != null && of.toString().equalsIgnoreCase("metrics")) {
        return new Show(Kind.METRICS, Optional.empty(), Optional.empty());
      }
      return new Show(kind, Optional.ofNullable(of), Optional.ofNullable(like));
    }
  }

  /** SHOW MSCHEMA [FOR name, …]: the schema as a model sees it; no names mean all. */
  record ShowMSchema(List<SqlIdentifier> names) implements Statement {
    public ShowMSchema {
      names = List.copyOf(names);
    }
  }

  /** CLASSIFY COLUMN name AS …: what a column holds of persons. */
  record ClassifyColumn(SqlIdentifier name, Verdict verdict, Optional<String> kind)
      implements Statement {
    /** What is said of the column; DEFAULT takes back what was said. */
    public enum Verdict {
      KIND,
      NONE,
      DEFAULT
    }

    public ClassifyColumn {
      requireNonNull(name, "name is null");
      requireNonNull(verdict, "verdict is null");
      requireNonNull(kind, "kind is null");
    }
  }

  /** CLASSIFY TABLE name: looks at a sample of its values. */
  record ClassifyTable(SqlIdentifier name) implements Statement {
    public ClassifyTable {
      requireNonNull(name, "name is null");
    }
  }

  /** CLASSIFY SOURCE name: the same for all its tables. */
  record ClassifySource(String source) implements Statement {
    public ClassifySource {
      requireNonNull(source, "source is null");
    }
  }

  /** KILL 'query id'. */
  record Kill(String queryId) implements Statement {
    public Kill {
      requireNonNull(queryId, "queryId is null");
    }
  }

  /** TEACH 'question' AS query: a verified pair. */
  record Teach(String question, SqlNode query) implements Statement {
    public Teach {
      requireNonNull(question, "question is null");
      requireNonNull(query, "query is null");
    }
  }

  /** FORGET 'question': takes a taught pair away. */
  record Forget(String question) implements Statement {
    public Forget {
      requireNonNull(question, "question is null");
    }
  }

  /**
   * FEEDBACK GOOD|BAD [ON 'query id'] ['comment'].
   *
   * @param queryId whose answer is meant; empty for the connection's last
   */
  record Feedback(boolean good, Optional<String> queryId, Optional<String> comment)
      implements Statement {
    public Feedback {
      requireNonNull(queryId, "queryId is null");
      requireNonNull(comment, "comment is null");
    }
  }

  /** A statement about who may see what. */
  record Security(SecurityStatement statement) implements Statement {
    public Security {
      requireNonNull(statement, "statement is null");
    }
  }
}
