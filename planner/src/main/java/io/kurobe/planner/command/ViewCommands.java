package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.bind.ViewRights;
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
  private final AccessControl accessControl;
  private final ViewRights rights;

  /**
   * Makes them.
   *
   * @param rights who may see which view
   */
  public ViewCommands(Views views, AccessControl accessControl, ViewRights rights) {
    this.views = views;
    this.accessControl = accessControl;
    this.rights = rights;
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
    String name = name(create.name());
    views
        .find(name)
        .filter(known -> known.name().equals(name) && create.replace())
        .ifPresent(known -> requireOwner(session, known));
    views.create(
        new ViewDefinition(
            name,
            sql(bound.validated()),
            bound.columns().stream().map(SqlType.Field::name).toList(),
            question,
            question,
            session.principal().name(),
            create.security().orElse(usual())),
        create.replace());
  }

  /** Where nobody's name is proved, nobody's rights are lent. */
  private ViewDefinition.Security usual() {
    return accessControl == AccessControl.OPEN
        ? ViewDefinition.Security.INVOKER
        : ViewDefinition.Security.DEFINER;
  }

  /** A view is changed by whoever made it, and by administrators. */
  private void requireOwner(Session session, ViewDefinition view) {
    boolean may =
        accessControl == AccessControl.OPEN
            || view.owner().equals(session.principal().name())
            || session.principal().roles().contains(AccessControl.ADMIN);
    if (!may) {
      throw new KurobeException(
          ErrorCode.NOT_ALLOWED, "only whoever made view " + view.name() + " may change it");
    }
  }

  /** The view that a session may change. */
  private ViewDefinition changeable(Session session, String name) {
    ViewDefinition view =
        views
            .find(name)
            .filter(
                known ->
                    rights.isVisible(session, known)
                        || session.principal().roles().contains(AccessControl.ADMIN))
            .orElseThrow(
                () ->
                    new KurobeException(
                        ErrorCode.UNKNOWN_TABLE, "view " + name + " does not exist"));
    requireOwner(session, view);
    return view;
  }

  /** Keeps what a view is, or forgets it where no text is given. */
  public void comment(Session session, Statement.CommentOn comment) {
    ViewDefinition view = changeable(session, name(comment.name()));
    views.create(
        new ViewDefinition(
            view.name(),
            view.sql(),
            view.columns(),
            comment.text(),
            view.question(),
            view.owner(),
            view.security()),
        true);
  }

  /** Forgets a view. */
  public void drop(Session session, Statement.DropView drop) {
    String name = name(drop.name());
    if (drop.ifExists() && views.find(name).isEmpty()) {
      return;
    }
    views.drop(changeable(session, name).name());
  }

  /**
   * Asks a view's question again and keeps the new query if it gives the same columns.
   *
   * @param asking binds the query of an ASK statement for a view
   */
  public void refresh(
      Session session,
      Statement.RefreshView refresh,
      BiFunction<ViewDefinition, String, BoundQuery> asking) {
    String name = name(refresh.name());
    ViewDefinition view = changeable(session, name);
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
            view.owner(),
            view.security()),
        true);
  }

  static String sql(SqlNode query) {
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
