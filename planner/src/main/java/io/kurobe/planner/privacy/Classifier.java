package io.kurobe.planner.privacy;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classification.State;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.List;
import java.util.Optional;

/**
 * Says what columns contain: what a person said of them, else what their values showed, else what
 * their names say. Threads share it.
 */
public final class Classifier {
  private static final int MOST_NAMES = 50_000;

  private final Classifications kept;

  // Looking a name's words up takes long beside all else that a question costs.
  private final Cache<Named, Optional<Finding>> byName =
      Caffeine.newBuilder().maximumSize(MOST_NAMES).build();

  private record Named(String table, TableMetadata.Column column) {}

  public Classifier(Classifications kept) {
    this.kept = requireNonNull(kept, "kept is null");
  }

  /** Grows whenever an answer may have changed. */
  public long version() {
    return kept.version();
  }

  /** What is known of a column without looking at its values. */
  public Classification of(TableName table, TableMetadata.Column column) {
    ColumnName name = new ColumnName(table, column.name());
    return kept.find(name).orElseGet(() -> Classification.proposed(name, named(table, column)));
  }

  private Optional<Finding> named(TableName table, TableMetadata.Column column) {
    return byName.get(
        new Named(table.table(), column), named -> Detector.byName(named.table(), named.column()));
  }

  /**
   * Whether values of a column may be given to what answers questions. What they show is kept: once
   * values were found personal, other values of the column are so too.
   *
   * @param values those about to be given
   */
  public boolean mayGive(TableName table, TableMetadata.Column column, List<String> values) {
    Classification known = of(table, column);
    if (known.isPersonal()) {
      return false;
    }
    return known.state() == State.REJECTED || !check(table, column, values).isPersonal();
  }

  /**
   * Looks at values of a column and keeps what they show, unless a person has said what it is.
   *
   * @param values a sample; an empty one shows nothing
   */
  public Classification check(TableName table, TableMetadata.Column column, List<String> values) {
    Classification known = of(table, column);
    if (known.state() != State.PROPOSED || values.isEmpty()) {
      return known;
    }
    Classification shown =
        Classification.proposed(
            new ColumnName(table, column.name()),
            Detector.detect(named(table, column), column, values));
    boolean same = shown.kind().equals(known.kind());
    if (!same) {
      kept.keep(shown);
    }
    return shown;
  }

  /** Keeps what a person says that a column is; empty for nothing of persons. */
  public void confirm(TableName table, String column, Optional<PersonalKind> kind, String who) {
    kept.keep(
        new Classification(
            new ColumnName(table, column),
            kind,
            1,
            List.of("said by " + who),
            kind.isPresent() ? State.CONFIRMED : State.REJECTED));
  }

  /** Takes back what a person said, and what values proposed. */
  public void forget(TableName table, String column) {
    kept.forget(new ColumnName(table, column));
  }
}
