package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.planner.question.QuestionSupport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fetches the stored values that a question may mention: of the tables that its words may name
 * first, then of their neighbours, then of others, until the time or the number of columns is used
 * up. The planner caches what it gives.
 */
public final class ValueLoader {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int MOST_COLUMNS = 200;

  /** As many values as this or more may not be all there are. */
  private static final int ALL_BELOW = 1_000;

  private final Schema schema;
  private final NameLinker names;
  private final QuestionSupport support;

  public ValueLoader(Schema schema, NameLinker names, QuestionSupport support) {
    this.schema = schema;
    this.names = names;
    this.support = support;
  }

  /**
   * Adds values to an index.
   *
   * @return how many columns were asked for
   */
  public int load(List<Token> question, ValueIndex index) {
    long end = System.nanoTime() + LONGEST.toNanos();
    int columns = 0;
    for (SchemaTable table : inOrder(question)) {
      for (SchemaColumn column : table.columns()) {
        if (column.stored() != SchemaColumn.Nature.TEXT) {
          continue;
        }
        if (columns == MOST_COLUMNS || System.nanoTime() > end) {
          return columns;
        }
        columns++;
        List<String> values = support.frequentValues(table.name(), column.name());
        if (values.size() < ALL_BELOW) {
          column.look(values);
        }
        index.add(column, values);
      }
    }
    return columns;
  }

  private Set<SchemaTable> inOrder(List<Token> question) {
    List<SchemaTable> named = new ArrayList<>();
    for (Token token : question) {
      if (token.kind() == Token.Kind.WORD) {
        names.links(List.of(token.lower())).stream()
            .filter(link -> link.score() >= 0.6)
            .forEach(link -> named.add(link.target().table()));
      }
    }
    Set<SchemaTable> tables = new LinkedHashSet<>(named);
    for (SchemaTable table : named) {
      table.joins().forEach(join -> tables.add(join.to()));
    }
    tables.addAll(schema.tables());
    return tables;
  }
}
