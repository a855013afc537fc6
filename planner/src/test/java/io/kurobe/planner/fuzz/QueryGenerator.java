package io.kurobe.planner.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Writes random queries over {@link Tables}. The same choices give the same query. */
final class QueryGenerator {
  private final Grammar grammar = new Grammar();

  private QueryGenerator() {}

  static Query query(Choices choices) {
    return new QueryGenerator().whole(choices);
  }

  private Query whole(Choices choices) {
    String with = choices.oneIn(6) ? with(choices.part()) : "";
    Body body = body(choices);
    String sql = with + body.sql();
    if (choices.below(3) == 0) {
      return query(sql, false);
    }
    sql += " ORDER BY " + Selects.keys(choices, body.columns());
    if (choices.below(2) == 1) {
      sql += " LIMIT " + (1 + choices.below(8));
      if (choices.oneIn(3)) {
        sql += " OFFSET " + (1 + choices.below(4));
      }
    }
    return query(sql, true);
  }

  private Query query(String sql, boolean ordered) {
    return new Query(sql, ordered, grammar.approximate(), true);
  }

  /** One or two queries with names, which what follows may read more than once. */
  private String with(Choices choices) {
    List<String> queries = new ArrayList<>();
    for (int more = choices.below(2); more >= 0; more--) {
      String name = "q" + queries.size();
      List<Kind> kinds = new ArrayList<>(List.of(Kind.SMALL));
      kinds.addAll(Selects.kinds(choices));
      queries.add(
          name
              + Relations.names(kinds.size())
              + " AS ("
              + grammar.selects().rows(choices.part(), kinds, 1)
              + ")");
      grammar.relations().know(name, Relations.widened(kinds));
    }
    return "WITH " + String.join(", ", queries) + " ";
  }

  private Body body(Choices choices) {
    return switch (choices.below(10)) {
      case 3, 4 -> grammar.windows().query(choices.part());
      case 5 -> {
        List<Kind> kinds = Selects.kinds(choices);
        yield new Body(grammar.selects().operation(choices.part(), kinds), kinds.size());
      }
      case 6, 7, 8 -> grammar.groups().query(choices.part());
      default -> {
        List<Kind> kinds = Selects.kinds(choices);
        yield new Body(grammar.selects().select(choices.part(), kinds), kinds.size());
      }
    };
  }
}
