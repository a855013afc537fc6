package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;

/** CREATE, DROP and REFRESH of views. A view keeps its query with every table's full name. */
public final class ViewCommands {
  private static final String SOURCE = "views";
  private static final String SCHEMA = "main";

  /** Kurobe's own SQL: what the parser reads back. */
  private static final SqlDialect DIALECT =
      new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  private final Views views;

  public ViewCommands(Views views) {
    this.views = views;
  }

  /**
   * Keeps a view.
   *
   * @param bound its query
   * @param question what was asked, if its query is an ASK
   */
  public void create(
      Session session, Statement.CreateView create, BoundQuery bound, Optional<String> question) {
    if (!bound.parameters().isEmpty()) {
      throw new KurobeException(ErrorCode.NOT_SUPPORTED, "a view has no parameters");
    }
    views.create(
        new ViewDefinition(
            name(create.name()),
            sql(bound.validated()),
            bound.columns().stream().map(SqlType.Field::name).toList(),
            question,
            question,
            session.principal().name()),
        create.replace());
  }

  /** Keeps what a view is, or forgets it where no text is given. */
  public void comment(Statement.CommentOn comment) {
    String name = name(comment.name());
    ViewDefinition view =
        views
            .find(name)
            .orElseThrow(
                () ->
                    new KurobeException(
                        ErrorCode.UNKNOWN_TABLE, "view " + name + " does not exist"));
    views.create(
        new ViewDefinition(
            view.name(), view.sql(), view.columns(), comment.text(), view.question(), view.owner()),
        true);
  }

  /** Forgets a view. */
  public void drop(Statement.DropView drop) {
    String name = name(drop.name());
    if (!views.drop(name) && !drop.ifExists()) {
      throw new KurobeException(ErrorCode.UNKNOWN_TABLE, "view " + name + " does not exist");
    }
  }

  /**
   * Asks a view's question again and keeps the new query if it gives the same columns.
   *
   * @param asking binds the query of an ASK statement for a view
   */
  public void refresh(
      Statement.RefreshView refresh, BiFunction<ViewDefinition, String, BoundQuery> asking) {
    String name = name(refresh.name());
    ViewDefinition view =
        views
            .find(name)
            .orElseThrow(
                () ->
                    new KurobeException(
                        ErrorCode.UNKNOWN_TABLE, "view " + name + " does not exist"));
    String question =
        view.question()
            .orElseThrow(
                () ->
                    new KurobeException(
                        ErrorCode.INVALID_QUERY, "view " + name + " was not made by ASK"));
    BoundQuery bound = asking.apply(view, "ASK '" + question.replace("'", "''") + "'");
    List<String> columns = bound.columns().stream().map(SqlType.Field::name).toList();
    if (!columns.equals(view.columns())) {
      throw new KurobeException(
              ErrorCode.INVALID_QUERY,
              "the answer's columns changed from " + view.columns() + " to " + columns)
          .withHint("drop the view and create it anew");
    }
    views.create(
        new ViewDefinition(
            view.name(),
            sql(bound.validated()),
            columns,
            view.comment(),
            view.question(),
            view.owner()),
        true);
  }

  private static String sql(SqlNode query) {
    return query
        .toSqlString(
            config ->
                config
                    .withDialect(DIALECT)
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false)
                    .withIndentation(0))
        .getSql();
  }

  /** The name of a view that a statement makes, without what it stands in. */
  public static String name(SqlIdentifier identifier) {
    List<String> parts = identifier.names;
    boolean ours =
        switch (parts.size()) {
          case 1 -> true;
          case 2 -> parts.get(0).equalsIgnoreCase(SOURCE);
          case 3 -> parts.get(0).equalsIgnoreCase(SOURCE) && parts.get(1).equalsIgnoreCase(SCHEMA);
          default -> false;
        };
    if (!ours) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED, "a view cannot be made in " + String.join(".", parts))
          .withHint("views live in " + SOURCE + "." + SCHEMA + "; write the name alone");
    }
    return parts.get(parts.size() - 1);
  }
}
