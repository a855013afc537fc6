package io.kurobe.server.security.grant;

import static io.kurobe.server.security.grant.Shop.CUSTOMERS;
import static io.kurobe.server.security.grant.Shop.ORDERS;
import static io.kurobe.server.security.grant.Shop.RECENT;
import static io.kurobe.server.security.grant.Shop.SALARIES;
import static io.kurobe.server.security.grant.Shop.administrator;
import static io.kurobe.server.security.grant.Shop.run;
import static io.kurobe.server.security.grant.Shop.say;
import static io.kurobe.server.security.grant.Shop.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.server.config.GrantSettings;
import io.kurobe.server.config.GrantSettings.MaskSettings;
import io.kurobe.server.config.GrantSettings.ReadSettings;
import io.kurobe.server.config.GrantSettings.RoleSettings;
import io.kurobe.server.config.GrantSettings.RowFilterSettings;
import io.kurobe.server.store.StateStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rights come to, wherever they are kept. */
abstract class GrantsContract {
  private static final KnownUsers USERS =
      name -> Optional.of(name).filter(List.of("alice", "bob", "both")::contains);

  private StateStore store;
  private Grants grants;

  abstract StateStore open();

  @BeforeEach
  void openGrants() {
    store = open();
    grants = reopened(GrantSettings.NONE);
  }

  private Grants reopened(GrantSettings configured) {
    Grants opened = Grants.open(store, USERS, configured, Clock.systemUTC());
    opened.attach(new Shop());
    return opened;
  }

  @AfterEach
  void close() {
    grants.close();
    store.close();
  }

  private TableAccess of(String user, TableName table) {
    return grants.access(session(grants, user), table);
  }

  private void refused(ErrorCode code, String sql) {
    assertThatThrownBy(() -> say(grants, sql))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).as(sql).isEqualTo(code));
  }

  @Test
  void nobodySeesWhatWasNotGranted() {
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.NONE);
    assertThat(of("alice", RECENT)).isEqualTo(TableAccess.NONE);
    assertThat(of("alice", new TableName("system", "audit", "log"))).isEqualTo(TableAccess.NONE);
    assertThat(of("alice", new TableName("system", "runtime", "queries")))
        .isEqualTo(TableAccess.ALL);
    assertThat(grants.access(administrator(), ORDERS)).isEqualTo(TableAccess.NONE);
    assertThat(grants.access(administrator(), new TableName("system", "audit", "log")))
        .isEqualTo(TableAccess.ALL);
  }

  @Test
  void aGrantIsOnASourceASchemaATableOrColumns() {
    say(
        grants,
        "CREATE ROLE whole",
        "CREATE ROLE part",
        "GRANT SELECT ON SOURCE files TO ROLE whole",
        "GRANT SELECT ON SCHEMA SALES.public TO USER bob",
        "GRANT SELECT (ID, name) ON sales.public.customers TO part",
        "GRANT SELECT (id) ON views.recent TO part",
        "GRANT ROLE whole, part TO alice".replace("whole, part", "whole"),
        "GRANT ROLE part TO alice");
    assertThat(of("alice", SALARIES)).isEqualTo(TableAccess.ALL);
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.NONE);
    assertThat(of("alice", CUSTOMERS).hiddenColumns()).containsExactly("email");
    assertThat(of("alice", RECENT).hiddenColumns()).containsExactly("total");
    assertThat(of("bob", ORDERS)).isEqualTo(TableAccess.ALL);
    assertThat(of("bob", SALARIES)).isEqualTo(TableAccess.NONE);
  }

  @Test
  void whatIsTakenBackIsGoneAtOnce() {
    say(grants, "GRANT SELECT ON sales.public.orders TO USER alice");
    long before = grants.version();
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.ALL);
    say(grants, "REVOKE SELECT ON sales.public.orders FROM USER alice");
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.NONE);
    assertThat(grants.version()).isNotEqualTo(before);
    refused(ErrorCode.UNKNOWN_OBJECT, "REVOKE SELECT ON sales.public.orders FROM USER alice");
  }

  @Test
  void takingBackAPartOfAWiderGrantNamesIt() {
    say(grants, "GRANT SELECT ON SOURCE sales TO USER alice");
    assertThatThrownBy(() -> say(grants, "REVOKE SELECT ON sales.public.orders FROM USER alice"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.hint()).hasValue("granted is source sales"));
  }

  @Test
  void takingBackATableTakesItsColumnsToo() {
    say(
        grants,
        "GRANT SELECT (id) ON sales.public.orders TO USER alice",
        "REVOKE SELECT ON sales.public.orders FROM USER alice");
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.NONE);
  }

  @Test
  void rolesInheritAndACircleIsRefused() {
    say(
        grants,
        "CREATE ROLE a",
        "CREATE ROLE b",
        "CREATE ROLE c",
        "GRANT ROLE a TO ROLE b",
        "GRANT ROLE b TO ROLE c",
        "GRANT ROLE c TO USER alice",
        "GRANT SELECT ON SOURCE sales TO ROLE a");
    assertThat(grants.principal("alice", Set.of(), Map.of()).roles())
        .containsExactlyInAnyOrder("a", "b", "c", "public");
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.ALL);
    refused(ErrorCode.CIRCULAR_ROLE, "GRANT ROLE c TO ROLE a");
    refused(ErrorCode.CIRCULAR_ROLE, "GRANT ROLE a TO ROLE a");
    refused(ErrorCode.NOT_ALLOWED, "GRANT ROLE admin TO ROLE public");
    say(grants, "REVOKE ROLE b FROM ROLE c");
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.NONE);
  }

  @Test
  void whatIsGrantedToPublicIsEveryones() {
    say(grants, "GRANT SELECT ON sales.public.orders TO public");
    assertThat(of("whoever", ORDERS)).isEqualTo(TableAccess.ALL);
  }

  @Test
  void rolesThatAreVouchedForCountIfThereAreSuch() {
    say(grants, "CREATE ROLE a", "GRANT SELECT ON SOURCE sales TO a");
    var principal = grants.principal("token", Set.of("a", "unknown"), Map.of("region", "west"));
    assertThat(principal.roles()).containsExactlyInAnyOrder("a", "public");
    assertThat(principal.claims()).containsEntry("region", "west");
    assertThat(grants.access(session(principal), ORDERS)).isEqualTo(TableAccess.ALL);
  }

  @Test
  void allRowFiltersOfAPersonHold() {
    say(
        grants,
        "CREATE ROLE a",
        "CREATE ROLE b",
        "GRANT SELECT ON SOURCE sales TO a",
        "CREATE ROW FILTER west ON sales.public.orders FOR a USING (region = 'west' OR id < 0)",
        "CREATE ROW FILTER mine ON sales.orders FOR b USING (region = claim('region')"
            + " AND has_role('b') AND CURRENT_USER <> 'x')",
        "GRANT ROLE a TO USER alice",
        "GRANT ROLE a TO USER bob",
        "GRANT ROLE b TO USER bob");
    assertThat(of("alice", ORDERS).rowFilter()).hasValue("\"region\" = 'west' OR \"id\" < 0");
    assertThat(of("bob", ORDERS).rowFilter().orElseThrow())
        .contains("(\"region\" = 'west' OR \"id\" < 0)", " AND (\"region\" = ", "CURRENT_USER");
    refused(
        ErrorCode.DUPLICATE_OBJECT,
        "CREATE ROW FILTER WEST ON sales.public.orders FOR b USING (id = 1)");
    say(grants, "CREATE OR REPLACE ROW FILTER west ON sales.public.orders FOR a, b USING (id = 1)");
    assertThat(of("alice", ORDERS).rowFilter()).hasValue("\"id\" = 1");
    say(grants, "DROP ROW FILTER west ON sales.public.orders");
    assertThat(of("alice", ORDERS).rowFilter()).isEmpty();
    refused(ErrorCode.UNKNOWN_OBJECT, "DROP ROW FILTER west ON sales.public.orders");
    say(grants, "DROP ROW FILTER IF EXISTS west ON sales.public.orders");
  }

  @Test
  void ofAColumnWithTwoMasksNothingIsSeen() {
    say(
        grants,
        "CREATE ROLE a",
        "CREATE ROLE b",
        "GRANT SELECT ON SOURCE sales TO a",
        "GRANT ROLE a TO USER alice",
        "GRANT ROLE a TO USER bob",
        "GRANT ROLE b TO USER bob",
        "CREATE MASK m ON sales.public.customers (email) FOR a USING FULL",
        "CREATE MASK n ON sales.public.customers (EMAIL) FOR b USING ('x' || name)",
        "CREATE MASK same ON sales.public.customers (name) FOR a, b USING NULL");
    assertThat(of("alice", CUSTOMERS).masks())
        .containsOnly(Map.entry("email", "'****'"), Map.entry("name", "NULL"));
    assertThat(of("bob", CUSTOMERS).masks())
        .containsOnly(Map.entry("email", "NULL"), Map.entry("name", "NULL"));
    say(grants, "DROP MASK m ON sales.public.customers");
    assertThat(of("bob", CUSTOMERS).masks()).containsEntry("email", "'x' || \"name\"");
  }

  @Test
  void aMaskThatDoesNotFitTheTypeSaysWhatDoes() {
    say(grants, "CREATE ROLE a");
    assertThatThrownBy(
            () -> say(grants, "CREATE MASK m ON sales.public.orders (total) FOR a USING YEAR"))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
              assertThat(e.hint()).hasValue("what fits is FULL, NULL, or an expression");
            });
  }

  @Test
  void namesThatMeanNothingAreRefused() {
    refused(ErrorCode.UNKNOWN_OBJECT, "GRANT SELECT ON SOURCE sales TO nobody");
    refused(ErrorCode.UNKNOWN_OBJECT, "GRANT ROLE nothing TO alice");
    refused(ErrorCode.UNKNOWN_SOURCE, "GRANT SELECT ON SOURCE nothing TO alice");
    refused(ErrorCode.UNKNOWN_SCHEMA, "GRANT SELECT ON SCHEMA sales.nothing TO alice");
    refused(ErrorCode.UNKNOWN_TABLE, "GRANT SELECT ON sales.public.nothing TO alice");
    refused(ErrorCode.UNKNOWN_COLUMN, "GRANT SELECT (nothing) ON sales.public.orders TO alice");
    refused(ErrorCode.SOURCE_UNAVAILABLE, "GRANT SELECT ON down.main.t TO alice");
    refused(ErrorCode.INVALID_QUERY, "GRANT SELECT ON orders TO alice");
    say(grants, "CREATE ROLE both");
    refused(ErrorCode.INVALID_QUERY, "GRANT SELECT ON SOURCE sales TO both");
    refused(ErrorCode.DUPLICATE_OBJECT, "CREATE ROLE BOTH");
    refused(ErrorCode.DUPLICATE_OBJECT, "CREATE ROLE Admin");
    refused(
        ErrorCode.NOT_SUPPORTED,
        "CREATE ROW FILTER f ON views.main.recent FOR both USING (id = 1)");
  }

  @Test
  void aRoleThatRestrictsSomebodyIsNotDropped() {
    say(
        grants,
        "CREATE ROLE a",
        "GRANT ROLE a TO USER alice",
        "CREATE ROW FILTER f ON sales.public.orders FOR a USING (id = 1)");
    refused(ErrorCode.STILL_USED, "DROP ROLE a");
    say(grants, "DROP ROW FILTER f ON sales.public.orders", "DROP ROLE a");
    assertThat(grants.principal("alice", Set.of(), Map.of()).roles()).containsExactly("public");
    refused(ErrorCode.UNKNOWN_OBJECT, "DROP ROLE a");
    refused(ErrorCode.NOT_ALLOWED, "DROP ROLE admin");
    say(grants, "DROP ROLE IF EXISTS a");
  }

  @Test
  void onlyAdministratorsSayWhoSeesWhat() {
    for (String sql :
        List.of(
            "CREATE ROLE a",
            "DROP ROLE IF EXISTS a",
            "GRANT ROLE admin TO alice",
            "GRANT SELECT ON SOURCE sales TO alice",
            "CREATE ROW FILTER f ON sales.public.orders FOR public USING (id = 1)",
            "CREATE MASK m ON sales.public.orders (id) FOR public USING NULL",
            "SHOW ROW FILTERS",
            "SHOW MASKS")) {
      assertThatThrownBy(() -> run(grants, session(grants, "alice"), sql))
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> assertThat(e.code()).as(sql).isEqualTo(ErrorCode.NOT_ALLOWED));
    }
  }

  @Test
  void whoIsNoAdministratorIsShownHisOwnGrantsWithoutOthersNames() {
    say(
        grants,
        "CREATE ROLE a",
        "CREATE ROLE secret",
        "GRANT SELECT ON SOURCE sales TO a",
        "GRANT SELECT ON SOURCE files TO secret",
        "GRANT SELECT ON SOURCE files TO USER bob",
        "GRANT ROLE a TO USER alice",
        "GRANT ROLE a TO USER bob");
    assertThat(run(grants, session(grants, "alice"), "SHOW ROLES").toString())
        .contains("[a, null, null, statement]")
        .doesNotContain("secret", "bob");
    assertThat(run(grants, session(grants, "alice"), "SHOW GRANTS"))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.toString()).doesNotContain("bob", "root", "files"));
    assertThat(run(grants, session(grants, "alice"), "SHOW GRANTS FOR bob")).isEmpty();
    assertThat(run(grants, administrator(), "SHOW GRANTS FOR bob")).hasSize(2);
    assertThat(run(grants, administrator(), "SHOW ROLES").toString())
        .contains("user alice, user bob");
  }

  @Test
  void whatIsConfiguredHoldsAndNoStatementChangesIt() {
    grants.close();
    grants =
        reopened(
            new GrantSettings(
                    List.of(
                        new RoleSettings(
                            "analyst",
                            List.of("alice"),
                            List.of("reader"),
                            List.of(new ReadSettings(List.of("Sales", "Public"), List.of()))),
                        new RoleSettings("reader", List.of(), List.of(), List.of())),
                    List.of(
                        new RowFilterSettings(
                            "west",
                            List.of("SALES", "public", "ORDERS"),
                            List.of("analyst"),
                            "region = 'west'")),
                    List.of(
                        new MaskSettings(
                            "mail",
                            List.of("sales", "public", "customers"),
                            "Email",
                            List.of("analyst"),
                            Optional.empty(),
                            "'?'")))
                .withAdministrator("root"));
    assertThat(grants.principal("root", Set.of(), Map.of()).roles()).contains("admin");
    assertThat(of("alice", ORDERS).rowFilter()).hasValue("region = 'west'");
    assertThat(of("alice", CUSTOMERS).masks()).containsOnly(Map.entry("email", "'?'"));
    refused(ErrorCode.NOT_ALLOWED, "DROP ROLE analyst");
    refused(ErrorCode.NOT_ALLOWED, "REVOKE ROLE analyst FROM USER alice");
    refused(ErrorCode.NOT_ALLOWED, "DROP ROW FILTER west ON sales.public.orders");
    refused(ErrorCode.NOT_ALLOWED, "DROP MASK mail ON sales.public.customers");
    refused(
        ErrorCode.NOT_ALLOWED,
        "CREATE OR REPLACE ROW FILTER west ON sales.public.orders FOR public USING (id = 1)");
    refused(ErrorCode.UNKNOWN_OBJECT, "REVOKE SELECT ON SCHEMA sales.public FROM ROLE analyst");
    assertThat(run(grants, administrator(), "SHOW ROW FILTERS").toString())
        .contains("in force", "configuration");
  }

  @Test
  void whatWasSaidIsThereAfterARestart() {
    say(
        grants,
        "CREATE ROLE a",
        "CREATE ROLE b",
        "GRANT ROLE a TO ROLE b",
        "GRANT ROLE b TO USER alice",
        "GRANT SELECT (id, name, email) ON sales.public.customers TO a",
        "CREATE ROW FILTER f ON sales.public.customers FOR a, b USING (id > 7)",
        "CREATE MASK m ON sales.public.customers (email) FOR a USING HASH");
    TableAccess before = of("alice", CUSTOMERS);
    assertThat(before.rowFilter()).hasValue("\"id\" > 7");
    assertThat(before.masks().get("email")).startsWith("SHA256('").endsWith("' || \"email\")");
    grants.close();
    grants = reopened(GrantSettings.NONE);
    assertThat(of("alice", CUSTOMERS)).isEqualTo(before);
  }

  @Test
  void whoIsNoMoreHasNothingLeft() {
    say(grants, "GRANT SELECT ON SOURCE sales TO USER alice", "GRANT ROLE admin TO alice");
    assertThat(grants.hasAdministrator()).isTrue();
    grants.dropped("alice");
    assertThat(grants.hasAdministrator()).isFalse();
    assertThat(of("alice", ORDERS)).isEqualTo(TableAccess.NONE);
    assertThat(grants.principal("nobody")).isEmpty();
    assertThat(grants.principal("alice")).isPresent();
  }
}
