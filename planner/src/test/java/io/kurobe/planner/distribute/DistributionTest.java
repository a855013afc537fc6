package io.kurobe.planner.distribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.distribute.DistributedEngine.WhenUnseen;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import io.kurobe.planner.testing.Rights;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Queries over several sources on a real Trino that sees one of them as a catalog of its own: its
 * memory is the source {@code lake}, its TPC-H generator the source {@code made}.
 */
class DistributionTest {
  private static final String JOIN =
      "SELECT r.name, COUNT(*), SUM(v.amount) FROM lake.distribution.visits v"
          + " JOIN made.tiny.region r ON v.region = r.name GROUP BY r.name ORDER BY r.name";

  private static PostgresServer.Database notes;
  private static Federation strict;
  private static Federation staged;

  @BeforeAll
  static void open() throws SQLException {
    try (Connection trino = DriverManager.getConnection(TrinoServer.url("memory"), "test", null);
        Statement statement = trino.createStatement()) {
      statement.execute("CREATE SCHEMA memory.distribution");
      statement.execute(
          "CREATE TABLE memory.distribution.visits (region varchar, amount decimal(10, 2))");
      statement.execute(
          "INSERT INTO memory.distribution.visits VALUES"
              + " ('ASIA', 1.50), ('ASIA', 2.25), ('EUROPE', 4.00), (NULL, 8.00)");
    }
    notes =
        PostgresServer.database(
            "distribution_notes",
            "CREATE TABLE notes (region text, note text)",
            "INSERT INTO notes VALUES ('ASIA', 'far'), ('EUROPE', 'near')");
    strict = federation(WhenUnseen.ERROR);
    staged = federation(WhenUnseen.STAGED);
  }

  private static Federation federation(WhenUnseen whenUnseen) {
    return Federation.of(
        sources(), new DistributedEngine("lake", Map.of("made", "tpch"), whenUnseen));
  }

  private static List<SourceConfig> sources() {
    return List.of(
        SourceConfig.ofUrl("lake", "trino", TrinoServer.url("memory/default"), "tester"),
        SourceConfig.ofUrl("made", "trino", TrinoServer.url("tpch/tiny"), "tester"),
        SourceConfig.ofUrl("notes", "postgres", notes.url(), notes.user()));
  }

  @AfterAll
  static void close() {
    strict.close();
    staged.close();
  }

  @Test
  void runsWhatCrossesSourcesAsOneQueryOfTheCluster() {
    assertThat(strict.query(JOIN))
        .containsExactly(
            List.of("ASIA", 2L, new BigDecimal("3.75")),
            List.of("EUROPE", 1L, new BigDecimal("4.00")));
    List<List<@Nullable Object>> plan = strict.query("EXPLAIN " + JOIN);
    assertThat(plan).hasSize(1);
    assertThat(plan.get(0).get(1)).isEqualTo("lake");
    assertThat(plan.get(0).get(2))
        .asString()
        .contains("\"tpch\".\"tiny\".\"region\"", "\"distribution\".\"visits\"");
  }

  @Test
  void leavesAQueryOfOneSourceToIt() {
    String sql = "SELECT COUNT(*) FROM made.tiny.nation";
    assertThat(strict.query(sql)).containsExactly(List.of(25L));
    assertThat(strict.query("EXPLAIN " + sql).get(0).get(1)).isEqualTo("made");
  }

  @Test
  void refusesWhatTheClusterDoesNotShowAndSaysWhatToDo() {
    assertThatThrownBy(
            () ->
                strict.query(
                    "SELECT * FROM notes.public.notes n"
                        + " JOIN lake.distribution.visits v ON n.region = v.region"))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
              assertThat(e).hasMessageContaining("source notes is none of its catalogs");
              assertThat(e.hint().orElseThrow()).contains("engine.whenUnseen");
            });
  }

  @Test
  void joinsWhatTheClusterDoesNotShowInTheProcessWhereConfigured() {
    String sql =
        "SELECT n.note, r.regionkey, v.amount FROM notes.public.notes n"
            + " JOIN lake.distribution.visits v ON n.region = v.region"
            + " JOIN made.tiny.region r ON r.name = v.region ORDER BY v.amount";
    assertThat(staged.query(sql))
        .containsExactly(
            List.of("far", 2L, new BigDecimal("1.50")),
            List.of("far", 2L, new BigDecimal("2.25")),
            List.of("near", 3L, new BigDecimal("4.00")));
    List<List<@Nullable Object>> plan = staged.query("EXPLAIN " + sql);
    assertThat(plan).extracting(row -> row.get(1)).contains("lake", "notes", "duckdb engine");
    assertThat(plan).extracting(row -> row.get(1)).doesNotContain("made");
    assertThat(plan.get(plan.size() - 1).get(6))
        .asString()
        .contains("source notes is none of its catalogs");
  }

  @Test
  void whatTrinoWouldMeanOtherwiseStaysInTheProcess() {
    // Case-folding is the engine's.
    String sql =
        "SELECT LOWER(r.name || 'Ä'), v.amount FROM lake.distribution.visits v"
            + " JOIN made.tiny.region r ON v.region = r.name WHERE v.amount > 3";
    assertThat(strict.query(sql)).containsExactly(List.of("europeä", new BigDecimal("4.00")));
    assertThat(strict.query("EXPLAIN " + sql))
        .extracting(row -> row.get(1))
        .containsExactly("lake", "duckdb engine");
  }

  @Test
  void selectsEveryColumnUnderItsName() {
    String sql =
        "SELECT r.* FROM made.tiny.region r"
            + " JOIN lake.distribution.visits v ON v.region = r.name WHERE v.amount = 4";
    assertThat(strict.planner().plan(strict.session(), sql).columns())
        .extracting(column -> column.name())
        .containsExactly("regionkey", "name", "comment");
    assertThat(strict.query(sql)).hasSize(1);
  }

  @Test
  void rowFiltersAndMasksHoldInTheCluster() {
    Rights rights =
        new Rights()
            .restrict(
                "tester",
                "visits",
                new TableAccess(
                    true,
                    Set.of(),
                    Optional.of("region <> 'EUROPE' AND CURRENT_USER = 'tester'"),
                    Map.of("amount", "CAST(FLOOR(amount) AS DECIMAL(10, 2))")))
            .restrict(
                "tester",
                "region",
                new TableAccess(
                    true, Set.of(), Optional.of("regionkey > 1"), Map.of("comment", "'****'")));
    try (Federation guarded =
        Federation.of(
            sources(),
            rights,
            new DistributedEngine("lake", Map.of("made", "tpch"), WhenUnseen.ERROR))) {
      assertThat(guarded.query(JOIN)).containsExactly(List.of("ASIA", 2L, new BigDecimal("3.00")));
      assertThat(
              guarded.query(
                  "SELECT r.name, r.comment, v.amount FROM made.tiny.region r LEFT JOIN"
                      + " lake.distribution.visits v ON v.region = r.name AND v.amount <> 2.25"
                      + " ORDER BY 1, 3"))
          .containsExactly(
              List.of("ASIA", "****", new BigDecimal("1.00")),
              List.of("ASIA", "****", new BigDecimal("2.00")),
              Arrays.asList("EUROPE", "****", null),
              Arrays.asList("MIDDLE EAST", "****", null));
      // The row that is hidden would be divided by zero.
      assertThat(
              guarded.query(
                  "SELECT COUNT(*) FROM lake.distribution.visits v JOIN made.tiny.region r"
                      + " ON v.region = r.name WHERE 8 / (v.amount - 4) < 0"))
          .containsExactly(List.of(2L));
      Session admin = guarded.session().as(new Principal("tester", Set.of(AccessControl.ADMIN)));
      List<List<@Nullable Object>> plan = guarded.query(admin, "EXPLAIN " + JOIN);
      assertThat(plan).hasSize(1);
      assertThat(plan.get(0).get(1)).isEqualTo("lake");
      assertThat(plan.get(0).get(2)).asString().contains("EUROPE", "FLOOR");
      assertThat(guarded.query("EXPLAIN " + JOIN).toString()).doesNotContain("EUROPE");
    }
  }
}
