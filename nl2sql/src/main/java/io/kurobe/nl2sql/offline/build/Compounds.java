package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.Set;

/**
 * Nouns beside nouns: in "customer country" the last one is what is meant, and those before it say
 * whose it is.
 */
final class Compounds {
  private Compounds() {}

  /** Whether a table's name only says whose the next noun is, which lies in another table. */
  static boolean qualifies(Progress p, int i) {
    Link modifier = p.chosen.get(i);
    Link head = p.chosen.get(i + 1);
    return modifier != null
        && head != null
        && modifier.target() instanceof Target.OfTable table
        && !(head.target() instanceof Target.OfValue)
        && head.target().table() != table.table()
        && !p.is(i, WordClass.PLURAL)
        && JoinTree.cheapest(Set.of(table.table()), head.target().table()).isPresent();
  }

  /** Whether each row of a table leads to one row of another at most. */
  static boolean leadsToOne(SchemaTable from, SchemaTable to) {
    return from == to
        || JoinTree.cheapest(Set.of(from), to)
            .map(path -> path.stream().allMatch(Join::toOne))
            .orElse(false);
  }
}
