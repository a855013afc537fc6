package io.kurobe.planner.fuzz;

import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.testing.Rights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What three people see of {@link Tables}, told twice: as row filters and masks, and as what
 * PostgreSQL makes copies of the tables by.
 */
final class Policies {
  /** An expression in our words and in PostgreSQL's. */
  private record Told(String ours, String postgres) {
    static Told alike(String both) {
      return new Told(both, both);
    }
  }

  private record Seen(Told filter, Map<String, Told> masks) {}

  private record Person(Principal principal, Map<String, Seen> tables) {
    /** The schema of the copies. */
    String schema() {
      return "seen_" + principal.name();
    }
  }

  private static final Told ALL = Told.alike("TRUE");

  private static final List<Person> PEOPLE =
      List.of(
          new Person(
              new Principal("clerk", Set.of("sales")),
              Map.of(
                  "t1",
                  new Seen(
                      Told.alike("k > 0"),
                      Map.of(
                          "s", Told.alike("SUBSTRING(s, 1, 1) || '*'"),
                          "n", Told.alike("NULL"))),
                  "t2",
                  new Seen(
                      Told.alike("ok OR id < 5"),
                      Map.of(
                          "i", Told.alike("0"),
                          "k", Told.alike("CASE WHEN k > 2 THEN NULL ELSE k END"))),
                  "t3",
                  new Seen(Told.alike("s LIKE 'a%' OR b IS NULL"), Map.of()),
                  "t4",
                  new Seen(Told.alike("k = 1"), Map.of()))),
          new Person(
              new Principal("auditor", Set.of()),
              Map.of(
                  "t1",
                  new Seen(
                      Told.alike("SQRT(ABS(k)) < 1.5 AND id > 3"),
                      Map.of(
                          "d", Told.alike("CASE WHEN EXTRACT(YEAR FROM d) > 2000 THEN d END"),
                          "b", Told.alike("CAST(k AS BIGINT)"))),
                  "t2",
                  new Seen(
                      Told.alike("d < DATE '2000-01-01' OR d IS NULL"),
                      Map.of(
                          "s", Told.alike("'x'"),
                          "n", Told.alike("CASE WHEN n < 1000 THEN n END"))),
                  "t3",
                  new Seen(Told.alike("id <> 5"), Map.of("k", Told.alike("k + 1"))))),
          new Person(
              new Principal("agent", Set.of("field"), Map.of("k", "1")),
              Map.of(
                  "t1",
                  new Seen(
                      new Told(
                          "k = CAST(claim('k') AS INTEGER) OR has_role('nobody') OR s = 'b'",
                          "k = 1 OR s = 'b'"),
                      Map.of("ok", Told.alike("NOT ok"))),
                  "t2",
                  new Seen(Told.alike("FALSE"), Map.of()),
                  "t3",
                  new Seen(
                      Told.alike("x > 1 OR r < 0 OR id IN (1, 2, 3)"),
                      Map.of(
                          "s",
                          new Told("CASE WHEN CURRENT_USER = 'agent' THEN s END", "s"),
                          "y",
                          Told.alike("NULL"))))));

  private Policies() {}

  /** Whoever sees less than everything. */
  static List<Principal> principals() {
    return PEOPLE.stream().map(Person::principal).toList();
  }

  /** The schema in which a person's copies of the tables are. */
  static String copies(Principal principal) {
    return "seen_" + principal.name();
  }

  static List<String> schemas() {
    return PEOPLE.stream().map(Person::schema).toList();
  }

  /** What they see, as row filters and masks. */
  static Rights rights() {
    Rights rights = new Rights();
    for (Person person : PEOPLE) {
      person
          .tables()
          .forEach(
              (table, seen) -> {
                Map<String, String> masks = new LinkedHashMap<>();
                seen.masks().forEach((column, mask) -> masks.put(column, mask.ours()));
                rights.restrict(
                    person.principal().name(),
                    table,
                    new TableAccess(true, Set.of(), Optional.of(seen.filter().ours()), masks));
              });
    }
    return rights;
  }

  /** What makes the copies. */
  static String script() {
    StringBuilder script = new StringBuilder();
    for (Person person : PEOPLE) {
      script.append("CREATE SCHEMA ").append(person.schema()).append(";\n");
      for (Tables.Table table : Tables.ALL) {
        Seen seen = person.tables().getOrDefault(table.name(), new Seen(ALL, Map.of()));
        List<String> columns = new ArrayList<>();
        table
            .columns()
            .forEach(
                (column, kind) -> {
                  Told mask = seen.masks().get(column);
                  columns.add(
                      mask == null
                          ? column
                          : "CAST(" + mask.postgres() + " AS " + kind.type + ") AS " + column);
                });
        script
            .append("CREATE TABLE ")
            .append(person.schema())
            .append('.')
            .append(table.name())
            .append(" AS SELECT ")
            .append(String.join(", ", columns))
            .append(" FROM whole.")
            .append(table.name())
            .append(" WHERE ")
            .append(seen.filter().postgres())
            .append(";\n");
      }
    }
    return script.toString();
  }
}
