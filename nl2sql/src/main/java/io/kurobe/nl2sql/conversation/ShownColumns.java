package io.kurobe.nl2sql.conversation;

import static io.kurobe.nl2sql.conversation.Clause.isCue;

import io.kurobe.nl2sql.conversation.Clause.Kind;
import io.kurobe.nl2sql.conversation.Draft.Part;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes which columns of the same rows a question shows; or counts the rows, or lists them. */
final class ShownColumns {
  private final Draft draft;

  ShownColumns(Draft draft) {
    this.draft = draft;
  }

  /** Whether it names columns alone, where rows were shown. */
  boolean areNamed(Clause head) {
    boolean columns =
        head.hasName()
            && !head.has(Heads.AGGREGATES)
            && head.items().stream()
                .filter(Clause::isName)
                .allMatch(item -> ((Item.Named) item).target() instanceof Target.OfColumn);
    Optional<Projection> known =
        draft.find(Kind.HEAD).flatMap(part -> Projection.of(part.clause()));
    return columns
        && known.isPresent()
        && !known.get().aggregated()
        && draft.find(Kind.GROUP).isEmpty();
  }

  /** How many there are of what was shown. */
  boolean count() {
    Optional<Part> before = draft.find(Kind.HEAD);
    if (before.isEmpty() || before.get().clause().has(Cue.COUNT)) {
      return before.isPresent();
    }
    draft.replace(
        before.get(),
        "how many " + Heads.withoutCommand(before.get().clause()),
        before.get().clause());
    draft.remove(part -> part.kind() == Kind.ORDER);
    return true;
  }

  /**
   * Other columns of the same rows, or further ones.
   *
   * @param also whether those shown are kept
   */
  boolean project(Clause head, boolean also) {
    Optional<Part> before = draft.find(Kind.HEAD);
    Optional<Projection> known = before.flatMap(part -> Projection.of(part.clause()));
    if (known.isEmpty()) {
      return false;
    }
    boolean adds = also && !known.get().aggregated();
    // "name" is a command elsewhere.
    String shown =
        Heads.text(
            head.items().stream()
                .filter(
                    item -> !isCue(item, Cue.COMMAND) || item.text().matches("(?i)names?|states?"))
                .toList());
    if (adds) {
      String old = known.get().columnNames();
      shown = (old.isEmpty() ? "name" : old) + " and " + shown.replaceFirst("(?i)^the ", "");
    }
    boolean asks = isCue(head.items().get(0), Cue.HOWMUCH) && !head.hasName();
    String text =
        (asks ? "" : "show ") + shown + rows(known.get(), before.get(), asks ? " are " : " of ");
    List<Item> items = new ArrayList<>(adds ? before.get().clause().items() : List.of());
    items.addAll(head.items());
    draft.replace(before.get(), text, new Clause(Kind.HEAD, items));
    draft.remove(part -> part.kind() == Kind.GROUP);
    return true;
  }

  /** All columns but some. Returns whether there are such. */
  boolean without(Clause names) {
    Optional<Part> before = draft.find(Kind.HEAD);
    Optional<Projection> known = before.flatMap(part -> Projection.of(part.clause()));
    if (known.isEmpty() || known.get().aggregated()) {
      return false;
    }
    Projection rest = known.get().without(names);
    if (rest.columns().isEmpty() || rest.columns().size() == known.get().columns().size()) {
      return false;
    }
    draft.replace(
        before.get(),
        rest.columnNames() + rows(rest, before.get(), " of "),
        new Clause(Kind.HEAD, rest.columns()));
    return true;
  }

  /** Whose columns they are, where no condition says so: "of patients with …". */
  private String rows(Projection shown, Part head, String before) {
    boolean saidElsewhere =
        head.clause().tableNames().isEmpty()
            && draft.find(part -> !part.clause().tableNames().isEmpty()).isPresent();
    return saidElsewhere ? "" : before + shown.rows();
  }

  /** What was counted, one by one. */
  boolean list() {
    Optional<Part> before = draft.find(Kind.HEAD);
    if (before.isEmpty()) {
      return false;
    }
    List<Item> rest =
        before.get().clause().items().stream()
            .filter(item -> !isCue(item, Heads.AGGREGATES))
            .filter(item -> !isCue(item, Cue.COMMAND, Cue.WHICH, Cue.WHO, Cue.FILLER, Cue.BE))
            .toList();
    draft.replace(before.get(), "list " + Heads.text(rest), before.get().clause());
    draft.remove(part -> part.kind() == Kind.GROUP);
    return true;
  }
}
