package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a question by the first form that it is of, else as one that is of none. */
final class Forms {
  private static final List<Form> ALL =
      List.of(
          new GrowthForm(),
          new BesideForm(),
          new SharesForm(),
          new RatiosForm(),
          new OwnGroupForm(),
          new OverallForm(),
          new OtherRowForm(),
          new UnionForm(),
          new TwoTablesForm(),
          new SameForm(),
          new WithinGroupsForm());

  private Forms() {}

  static Understood read(Words words, Set<SchemaColumn> keys) {
    Function<Words, Understood> plain = part -> Interpreter.understand(part, keys);
    for (Form form : ALL) {
      Optional<Understood> understood = form.read(words, plain);
      if (understood.isPresent()) {
        return understood.get();
      }
    }
    return plain.apply(words);
  }
}
