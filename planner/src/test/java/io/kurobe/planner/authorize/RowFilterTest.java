package io.kurobe.planner.authorize;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import io.kurobe.planner.testing.Placements.Table;
import io.kurobe.planner.testing.Rights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What row filters and masks leave is all that a query sees, wherever the tables are: the user
 * {@code tester} sees people of EU, their names by the first letter, and no notes.
 */
class RowFilterTest {
  /** In rows that are hidden, and nowhere else. */
  private static final String HIDDEN = "zebra";

  @TempDir static Path directory;

  private static final Rights RIGHTS =
      new Rights()
          .restrict(
              "tester",
              "staff",
              new TableAccess(
                  true,
                  Set.of("region"),
                  Optional.of("region = 'EU'"),
                  Map.of("name", "SUBSTRING(name, 1, 1) || '***'", "note", "NULL")))
          .filter("tester", "orders", "region = 'EU' OR has_role('auditor')");

  private static Placements placements;

  @BeforeAll
  static void makeTables() {
    placements =
        Placements.of(
            "guard",
            directory,
            RIGHTS,
            new Table(
                "staff",
                Home.POSTGRES,
                "id integer, name text, region text, dept integer, pay integer, code text, note"
                    + " text",
                """
                (1, 'Ada', 'EU', 10, 200, '7', 'one'),
                (2, 'Bob', 'US', 10, 100, 'zebra', 'zebra'),
                (3, 'Cid', 'EU', 20, 300, '9', NULL),
                (4, 'Dan', NULL, 20, 100, 'zebra', 'zebra'),
                (5, 'Eve', 'US', 30, 100, 'zebra', 'zebra'),
                (6, 'Abe', 'EU', NULL, 400, '11', 'two')
                """),
            new Table(
                "orders",
                Home.DUCKDB,
                "id integer, staff_id integer, region text, amount integer, item text",
                """
                (1, 1, 'EU', 5, 'pen'),
                (2, 1, 'US', 0, 'zebra'),
                (3, 3, 'EU', 7, 'ink'),
                (4, 2, 'EU', 9, 'cup'),
                (5, 5, 'US', 0, 'zebra'),
                (6, 6, 'EU', 2, 'pen')
                """));
  }

  @AfterAll
  static void closeTables() {
    placements.close();
  }

  private static Session as(Principal principal) {
    return placements.session(Placement.SPLIT).as(principal);
  }

  @Test
  void onlyRowsThatAFilterLeavesAreSeen() {
    placements.gives("SELECT id FROM staff ORDER BY id", row(1), row(3), row(6));
    placements.gives("SELECT COUNT(*), SUM(pay), MIN(pay) FROM staff", row(3L, 900L, 200));
    placements.gives("SELECT id FROM staff WHERE id = 2");
    placements.gives("SELECT id FROM staff WHERE id IN (1, 2) OR pay = 100", row(1));
    placements.gives("SELECT id FROM staff WHERE id = 3", row(3));
  }

  @Test
  void masksAreSeenByEveryPartOfAQuery() {
    placements.gives(
        "SELECT name, note FROM staff ORDER BY name, id",
        row("A***", null),
        row("A***", null),
        row("C***", null));
    placements.gives(
        "SELECT name, COUNT(*) FROM staff GROUP BY name ORDER BY 1",
        row("A***", 2L),
        row("C***", 1L));
    placements.gives("SELECT COUNT(*) FROM staff WHERE name = 'Ada'", row(0L));
    placements.gives("SELECT COUNT(*) FROM staff WHERE name LIKE 'A*%'", row(2L));
    placements.gives("SELECT COUNT(note), COUNT(*) FROM staff WHERE note IS NULL", row(0L, 3L));
    placements.gives("SELECT MAX(name) FROM staff", row("C***"));
    placements.gives(
        "SELECT a.id, b.id FROM staff a JOIN staff b ON a.name = b.name AND a.id < b.id",
        row(1, 6));
    placements.gives("SELECT DISTINCT name FROM staff ORDER BY name", row("A***"), row("C***"));
  }

  @Test
  void joinsSeeNoMore() {
    placements.gives(
        "SELECT s.id, o.item FROM staff s JOIN orders o ON s.id = o.staff_id ORDER BY o.id",
        row(1, "pen"),
        row(3, "ink"),
        row(6, "pen"));
    placements.gives(
        "SELECT o.id, s.name FROM orders o LEFT JOIN staff s ON s.id = o.staff_id ORDER BY o.id",
        row(1, "A***"),
        row(3, "C***"),
        row(4, null),
        row(6, "A***"));
    placements.givesInAnyOrder(
        "SELECT s.id, o.id FROM staff s FULL JOIN orders o ON s.id = o.staff_id",
        row(1, 1),
        row(3, 3),
        row(6, 6),
        row(null, 4));
    placements.gives("SELECT COUNT(*) FROM staff s CROSS JOIN orders o", row(12L));
  }

  @Test
  void subqueriesAndSetOperationsSeeNoMore() {
    placements.gives(
        "SELECT id FROM staff s WHERE EXISTS (SELECT 1 FROM orders o WHERE o.staff_id = s.id AND"
            + " o.amount < 5) ORDER BY id",
        row(6));
    placements.gives(
        "SELECT id FROM orders WHERE staff_id NOT IN (SELECT id FROM staff) ORDER BY id", row(4));
    placements.gives(
        "SELECT s.id, (SELECT SUM(o.amount) FROM orders o WHERE o.staff_id = s.id) FROM staff s"
            + " ORDER BY 1",
        row(1, 5L),
        row(3, 7L),
        row(6, 2L));
    placements.gives(
        "SELECT (SELECT MAX(pay) FROM staff WHERE id = 2) FROM orders WHERE id = 1",
        row((Object) null));
    placements.gives("SELECT staff_id FROM orders EXCEPT SELECT id FROM staff", row(2));
    placements.gives(
        "SELECT id FROM staff UNION ALL SELECT staff_id FROM orders ORDER BY 1",
        row(1),
        row(1),
        row(2),
        row(3),
        row(3),
        row(6),
        row(6));
    placements.gives(
        "SELECT id FROM staff INTERSECT SELECT staff_id FROM orders ORDER BY 1",
        row(1),
        row(3),
        row(6));
  }

  @Test
  void windowsNamedQueriesAndQuestionsSeeNoMore() {
    placements.gives(
        "SELECT id, ROW_NUMBER() OVER (ORDER BY pay), LAG(id) OVER (ORDER BY id) FROM staff"
            + " ORDER BY id",
        row(1, 1L, null),
        row(3, 2L, 1),
        row(6, 3L, 3));
    placements.gives(
        "WITH s AS (SELECT dept, pay FROM staff) SELECT dept, COUNT(*) FROM s GROUP BY dept ORDER"
            + " BY dept",
        row(10, 1L),
        row(20, 1L),
        row(null, 1L));
    for (Placement placement : List.of(Placement.POSTGRES, Placement.DUCKDB, Placement.TRINO)) {
      assertThat(placements.query(placement, "ASK 'SELECT COUNT(*) FROM staff'"))
          .containsExactly(row(3L));
      assertThat(
              placements.query(
                  placement, "SELECT n + 1 FROM (ASK 'SELECT COUNT(*) AS n FROM staff') t"))
          .containsExactly(row(4L));
    }
  }

  @Test
  void noErrorTellsOfAHiddenRow() {
    placements.gives(
        "SELECT id FROM staff WHERE 1000 / (pay - 100) > 0 AND id < 6 ORDER BY id", row(1), row(3));
    placements.gives(
        "SELECT id FROM staff WHERE CAST(code AS INTEGER) > 8 ORDER BY id", row(3), row(6));
    placements.gives(
        "SELECT id, 1000 / (pay - 100) FROM staff ORDER BY id", row(1, 10), row(3, 5), row(6, 3));
    placements.gives("SELECT SUM(CAST(code AS INTEGER)) FROM staff", row(27L));
    placements.gives("SELECT SUM(10 / amount) FROM orders WHERE 10 / amount >= 2", row(7L));
    placements.gives(
        "SELECT s.id FROM staff s JOIN orders o ON o.id = CAST(s.code AS INTEGER) - 6 ORDER BY 1",
        row(1),
        row(3));
    placements.gives(
        "SELECT o.id FROM orders o LEFT JOIN staff s ON s.id = o.staff_id AND 1 / (s.pay - 100) = 0"
            + " ORDER BY 1",
        row(1),
        row(3),
        row(4),
        row(6));
    placements.gives(
        "SELECT x.id FROM (SELECT id, 1000 / (pay - 100) AS q FROM staff) x WHERE x.q > 4 ORDER BY"
            + " 1",
        row(1),
        row(3));
    placements.gives("SELECT id FROM staff WHERE id = 2 AND CAST(code AS INTEGER) = 1");
    placements.gives("SELECT id FROM staff WHERE id = 2 AND 1 / (id - 2) = 1");
    placements.gives(
        "SELECT id FROM staff WHERE EXISTS (SELECT 1 FROM orders o WHERE 5 / o.amount = staff.id)"
            + " ORDER BY 1",
        row(1));
    placements.gives(
        "SELECT code, COUNT(*) FROM staff GROUP BY code HAVING CAST(code AS INTEGER) > 10",
        row("11", 1L));
  }

  @Test
  void hiddenAndMaskedColumnsCannotBeNamed() {
    placements.fails("SELECT region FROM staff", ErrorCode.UNKNOWN_COLUMN);
    placements.fails("SELECT id FROM staff WHERE region = 'US'", ErrorCode.UNKNOWN_COLUMN);
    placements.gives("SELECT * FROM staff WHERE id = 3", row(3, "C***", 20, 300, "9", null));
  }

  @Test
  void whatAFilterAsksOfItsReaderIsOfTheReader() {
    String count = "SELECT COUNT(*) FROM orders";
    assertThat(placements.query(as(new Principal("boss", Set.of())), count))
        .containsExactly(row(6L));
    assertThat(placements.query(as(new Principal("tester", Set.of())), count))
        .containsExactly(row(4L));
    assertThat(placements.query(as(new Principal("tester", Set.of("auditor"))), count))
        .containsExactly(row(6L));
    RIGHTS.filter("paul", "orders", "region = claim('region') AND CURRENT_USER = 'paul'");
    assertThat(placements.query(as(new Principal("paul", Set.of(), Map.of("region", "US"))), count))
        .containsExactly(row(2L));
    assertThat(placements.query(as(new Principal("paul", Set.of())), count))
        .containsExactly(row(0L));
    RIGHTS.filter("paul", "orders", "item = 'cup'");
    assertThat(placements.query(as(new Principal("paul", Set.of())), count))
        .containsExactly(row(1L));
  }

  @Test
  void aFilterThatNoLongerBindsClosesItsTable() {
    for (String broken :
        List.of("nothing = 1", "region", "region = ", "1 = (SELECT 1)", "RAND() < 2", "id = ?")) {
      RIGHTS.filter("mary", "orders", broken);
      assertThatThrownBy(
              () -> placements.query(as(new Principal("mary", Set.of())), "SELECT 1 FROM orders"))
          .as(broken)
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.NOT_ALLOWED);
                assertThat(e.getMessage()).isEqualTo("not allowed to read rest.main.orders");
              });
    }
  }

  @Test
  void aParameterIsNoWayRoundAFilter() {
    for (Placement placement : Placement.values()) {
      assertThat(placements.query(placement, "SELECT id FROM staff WHERE id = ?", 2)).isEmpty();
      assertThat(
              placements.query(
                  placement,
                  "SELECT id FROM staff WHERE 1000 / (pay - CAST(? AS INTEGER)) > 3",
                  100))
          .hasSize(2);
    }
  }

  @Test
  void aKeyUnderAFilterIsOneQueryOfItsSourceWithBothConditions() {
    for (Placement placement : List.of(Placement.POSTGRES, Placement.TRINO)) {
      String sql = statement(placement, "SELECT pay FROM staff WHERE id = 3", admin());
      assertThat(sql).contains("'EU'").contains("\"id\" = 3").doesNotContain("OFFSET");
      assertThat(sql.toUpperCase().split("SELECT", -1)).as(sql).hasSize(2);
    }
  }

  @Test
  void aConditionThatMayFailIsFencedOrStays() {
    String sql = "SELECT id FROM staff WHERE pay * 2 > 500 AND id = 3";
    assertThat(statement(Placement.POSTGRES, sql, admin()))
        .contains("OFFSET 0")
        .containsPattern("'EU' AND \"id\" = 3|\"id\" = 3 AND .*'EU'");
    // A file's statistics are of all its rows: what is seen of it is copied first.
    assertThat(statement(Placement.DUCKDB, sql, admin())).contains("'EU'").doesNotContain("* 2");
    Session trino = placements.session(Placement.TRINO).as(admin());
    List<List<@Nullable Object>> plan = placements.query(trino, "EXPLAIN " + sql);
    assertThat(String.valueOf(plan.get(0).get(2))).contains("'EU'").doesNotContain("* 2");
    assertThat(String.valueOf(plan.get(plan.size() - 1).get(6)))
        .contains("a condition that may fail is computed after the row filter");
  }

  @Test
  void noConditionMayFailIsNotFenced() {
    for (String sql :
        List.of(
            "SELECT s.id FROM staff s JOIN staff t ON s.id = t.dept WHERE s.code LIKE '1%'",
            "SELECT pay * 2, UPPER(code) FROM staff WHERE id IN (1, 2) AND code <> 'x'",
            "SELECT dept, SUM(pay / 2) FROM staff GROUP BY dept HAVING SUM(pay / 2) / 2 > 1")) {
      assertThat(statement(Placement.POSTGRES, sql, admin())).doesNotContain("OFFSET");
    }
  }

  @Test
  void onlyAdministratorsAreShownWhatRestrictsThem() {
    String sql = "SELECT name FROM staff WHERE id = 3 AND pay = 300";
    for (Placement placement : Placement.values()) {
      String shown = explained(placement, sql, new Principal("tester", Set.of()));
      assertThat(shown).as(placement.name()).contains("(row filter)").doesNotContain("EU", "***");
      assertThat(explained(placement, sql, admin())).contains("EU", "***");
    }
  }

  private static Principal admin() {
    return new Principal("tester", Set.of("admin"));
  }

  private static String statement(Placement placement, String sql, Principal principal) {
    return String.valueOf(
        placements
            .query(placements.session(placement).as(principal), "EXPLAIN " + sql)
            .get(0)
            .get(2));
  }

  private static String explained(Placement placement, String sql, Principal principal) {
    Session session = placements.session(placement).as(principal);
    return placements.query(session, "EXPLAIN " + sql).toString()
        + placements.query(session, "EXPLAIN ANALYZE " + sql);
  }

  @Test
  void noPlanOfSomebodyElseIsFound() {
    String sql = "SELECT COUNT(*) FROM staff WHERE pay < 1000";
    for (Placement placement : Placement.values()) {
      Session session = placements.session(placement);
      Session boss = session.as(new Principal("boss", Set.of()));
      for (int i = 0; i < 2; i++) {
        assertThat(placements.query(boss, sql)).containsExactly(row(6L));
        assertThat(placements.query(session, sql)).containsExactly(row(3L));
      }
    }
  }

  @Test
  void nothingHiddenIsInWhatMetadataTells() {
    Session session = placements.session(Placement.SPLIT);
    for (String sql :
        List.of(
            "SHOW COLUMNS FROM half.public.staff",
            "SELECT * FROM system.jdbc.columns WHERE table_name = 'staff'",
            "SELECT * FROM system.jdbc.tables")) {
      assertThat(placements.query(session, sql).toString()).doesNotContain(HIDDEN);
    }
    assertThat(placements.query(session, "SHOW COLUMNS FROM half.public.staff").toString())
        .doesNotContain("region");
  }

  @Test
  void aViewLendsTheRightsOfWhoeverMadeIt() {
    RIGHTS.know(new Principal("boss", Set.of()));
    Session boss = as(new Principal("boss", Set.of()));
    Session tester = as(new Principal("tester", Set.of()));
    placements.query(
        boss, "CREATE OR REPLACE VIEW pays AS SELECT id, name, pay FROM half.public.staff");
    placements.query(
        boss,
        "CREATE OR REPLACE VIEW mine SECURITY INVOKER AS SELECT id, name FROM half.public.staff");
    assertThat(placements.query(tester, "SELECT name FROM pays WHERE id = 2"))
        .containsExactly(row("Bob"));
    assertThat(
            placements.query(
                tester,
                "SELECT p.name, s.name FROM pays p JOIN half.public.staff s ON p.id = s.id ORDER BY"
                    + " p.id"))
        .containsExactly(row("Ada", "A***"), row("Cid", "C***"), row("Abe", "A***"));
    assertThat(placements.query(tester, "SELECT name FROM mine ORDER BY id"))
        .containsExactly(row("A***"), row("C***"), row("A***"));
    assertThat(placements.query(tester, "EXPLAIN SELECT name FROM pays").toString())
        .doesNotContain("staff");
    assertThat(placements.query(tester, "SHOW VIEWS").toString())
        .contains("pays")
        .doesNotContain("\"pay\"");
    placements.query(
        tester, "CREATE OR REPLACE VIEW own AS SELECT id, name FROM half.public.staff");
    RIGHTS.know(new Principal("tester", Set.of()));
    assertThat(placements.query(boss, "SELECT COUNT(*), MAX(name) FROM own"))
        .containsExactly(row(3L, "C***"));
    // Taken from whoever made it, it is taken from its readers.
    RIGHTS.restrict("boss", "staff", TableAccess.NONE);
    assertThatThrownBy(() -> placements.query(tester, "SELECT name FROM pays"))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.NOT_ALLOWED);
              assertThat(e.getMessage()).doesNotContain("staff");
            });
    RIGHTS.restrict("boss", "staff", TableAccess.ALL).forget("boss");
    assertThatThrownBy(() -> placements.query(tester, "SELECT name FROM pays"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ALLOWED));
    assertThatThrownBy(() -> placements.query(tester, "DROP VIEW pays"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ALLOWED));
    RIGHTS.restrict("tester", "pays", TableAccess.NONE);
    assertThatThrownBy(() -> placements.query(tester, "SELECT name FROM pays"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE));
    assertThat(placements.query(tester, "SHOW VIEWS").toString()).doesNotContain("pays");
  }
}
