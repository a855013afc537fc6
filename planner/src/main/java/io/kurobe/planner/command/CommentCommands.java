package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.Comments.Subject;
import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;

/**
 * COMMENT ON tables and columns of sources: the text is Kurobe's own, and is shown to everyone who
 * sees the table. Only administrators may say it where there are users. Threads share it.
 */
public final class CommentCommands {
  private static final int MOST = 10_000;

  private final Catalog catalog;
  private final boolean open;

  /**
   * Makes them.
   *
   * @param open whether everyone may do everything
   */
  public CommentCommands(Catalog catalog, boolean open) {
    this.catalog = catalog;
    this.open = open;
  }

  /** Keeps a comment, or forgets it. */
  public void comment(Session session, Statement.CommentOn comment) {
    if (!open && !session.principal().roles().contains(AccessControl.ADMIN)) {
      throw new KurobeException(
          ErrorCode.NOT_ALLOWED, "only administrators comment on tables of sources");
    }
    if (comment.text().orElse("").length() > MOST) {
      throw new KurobeException(
          ErrorCode.STATEMENT_TOO_LARGE, "a comment has at most " + MOST + " characters");
    }
    List<String> parts = comment.name().names;
    boolean ofColumn = comment.target() == Statement.CommentOn.Target.COLUMN;
    if (ofColumn && parts.size() < 2) {
      throw new KurobeException(ErrorCode.SYNTAX, "a column is named with its table")
          .withHint("COMMENT ON COLUMN customers.email IS '…'");
    }
    NamedTable table =
        NamedTable.of(
            catalog.snapshot(session), ofColumn ? parts.subList(0, parts.size() - 1) : parts);
    Optional<String> column =
        ofColumn ? Optional.of(column(table, parts.get(parts.size() - 1))) : Optional.empty();
    catalog
        .comments()
        .put(
            new Subject(table.name(), column),
            comment.text().filter(text -> !text.isBlank()),
            session.principal().name());
  }

  private static String column(NamedTable table, String written) {
    List<String> names =
        table.metadata().columns().stream().map(TableMetadata.Column::name).toList();
    if (names.contains(written)) {
      return written;
    }
    List<String> alike = names.stream().filter(written::equalsIgnoreCase).toList();
    if (alike.size() == 1) {
      return alike.get(0);
    }
    throw new KurobeException(
            ErrorCode.UNKNOWN_COLUMN, "column " + table.name() + "." + written + " does not exist")
        .withHint(NearestNames.hint(NearestNames.of(written, names)));
  }
}
