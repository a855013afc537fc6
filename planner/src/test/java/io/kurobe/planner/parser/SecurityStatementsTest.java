package io.kurobe.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.SecurityStatement.Grantee;
import io.kurobe.planner.parser.SecurityStatement.Masked;
import io.kurobe.planner.parser.SecurityStatement.Scope;
import io.kurobe.planner.parser.SecurityStatement.Show.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statements about who may see what, as they are read. */
class SecurityStatementsTest {
  private final StatementParser parser = new StatementParser();

  private SecurityStatement read(String sql) {
    return ((Statement.Security) parser.parse(sql)).statement();
  }

  @Test
  void readsUsersRolesAndKeys() {
    assertThat(read("CREATE USER ada PASSWORD 'long enough'"))
        .isEqualTo(new SecurityStatement.CreateUser("ada", Optional.of("long enough")));
    assertThat(read("create user \"ada@example.org\";"))
        .isEqualTo(new SecurityStatement.CreateUser("ada@example.org", Optional.empty()));
    assertThat(read("ALTER USER ada PASSWORD 'another'"))
        .isEqualTo(new SecurityStatement.SetPassword("ada", "another"));
    assertThat(read("ALTER USER ada DISABLE"))
        .isEqualTo(new SecurityStatement.EnableUser("ada", false));
    assertThat(read("DROP USER IF EXISTS ada"))
        .isEqualTo(new SecurityStatement.DropUser("ada", true));
    assertThat(read("CREATE ROLE analyst")).isEqualTo(new SecurityStatement.CreateRole("analyst"));
    assertThat(read("DROP ROLE analyst"))
        .isEqualTo(new SecurityStatement.DropRole("analyst", false));
    assertThat(read("CREATE API KEY nightly FOR ada EXPIRES '90d' SCOPE 'sql', 'ask'"))
        .isEqualTo(
            new SecurityStatement.CreateKey(
                "nightly", Optional.of("ada"), Optional.of("90d"), List.of("sql", "ask")));
    assertThat(read("DROP API KEY nightly"))
        .isEqualTo(new SecurityStatement.DropKey("nightly", Optional.empty(), false));
  }

  @Test
  void readsGrants() {
    var select =
        (SecurityStatement.Select)
            read("GRANT SELECT (id, name) ON shop.public.customers TO analyst, USER ada");
    assertThat(select.granted()).isTrue();
    assertThat(select.columns()).containsExactly("id", "name");
    assertThat(select.scope()).isEqualTo(Scope.TABLE);
    assertThat(select.on().names).containsExactly("shop", "public", "customers");
    assertThat(select.grantees())
        .containsExactly(
            new Grantee(Optional.empty(), "analyst"),
            new Grantee(Optional.of(Grantee.Kind.USER), "ada"));
    var source = (SecurityStatement.Select) read("REVOKE SELECT ON SOURCE shop FROM ROLE analyst");
    assertThat(source.granted()).isFalse();
    assertThat(source.scope()).isEqualTo(Scope.SOURCE);
    assertThat(((SecurityStatement.Select) read("GRANT SELECT ON SCHEMA shop.public TO a")).scope())
        .isEqualTo(Scope.SCHEMA);
    assertThat(read("GRANT ROLE analyst TO USER ada"))
        .isEqualTo(
            new SecurityStatement.Membership(
                true, "analyst", List.of(new Grantee(Optional.of(Grantee.Kind.USER), "ada"))));
  }

  @Test
  void readsRowFiltersAndMasks() {
    var filter =
        (SecurityStatement.CreateRowFilter)
            read(
                "CREATE ROW FILTER own ON shop.public.orders FOR sales, support"
                    + " USING (region = claim('region') OR CURRENT_USER = owner)");
    assertThat(filter.roles()).containsExactly("sales", "support");
    assertThat(filter.condition().toString()).contains("claim");
    var mask =
        (SecurityStatement.CreateMask)
            read(
                "CREATE OR REPLACE MASK m ON shop.public.customers (email) FOR sales USING"
                    + " PARTIAL");
    assertThat(mask.replace()).isTrue();
    assertThat(mask.column()).isEqualTo("email");
    assertThat(mask.masked()).isEqualTo(Masked.Usual.PARTIAL);
    var expression =
        (SecurityStatement.CreateMask)
            read("CREATE MASK m ON t (c) FOR r USING (LEFT(c, 1) || '…')");
    assertThat(expression.masked()).isInstanceOf(Masked.Expression.class);
    assertThat(read("DROP MASK m ON t")).isInstanceOf(SecurityStatement.DropMask.class);
    assertThat(read("DROP ROW FILTER IF EXISTS f ON t"))
        .isInstanceOf(SecurityStatement.DropRowFilter.class);
  }

  @Test
  void readsWhatIsShown() {
    assertThat(read("SHOW ROW FILTERS"))
        .isEqualTo(new SecurityStatement.Show(Kind.ROW_FILTERS, Optional.empty()));
    assertThat(read("SHOW GRANTS FOR ada"))
        .isEqualTo(new SecurityStatement.Show(Kind.GRANTS, Optional.of("ada")));
    assertThat(read("SHOW API KEYS"))
        .isEqualTo(new SecurityStatement.Show(Kind.API_KEYS, Optional.empty()));
    assertThat(parser.parse("SHOW timezone")).isInstanceOf(Statement.Show.class);
  }

  @Test
  void freesItsWordsForNames() {
    parser.parse(
        "SELECT password, mask, hash, keys, users, roles, api FROM grants ORDER BY partial");
    parser.parse("SELECT role, user_id FROM t AS masks");
  }

  @Test
  void refusesWhatIsNotRightAndShowsNoPassword() {
    assertThatThrownBy(() -> parser.parse("GRANT SELECT ON t FROM a"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX));
    assertThatThrownBy(() -> parser.parse("GRANT INSERT ON t TO a"))
        .isInstanceOf(KurobeException.class);
    assertThatThrownBy(() -> parser.parse("CREATE OR REPLACE USER ada"))
        .isInstanceOf(KurobeException.class);
    assertThat(read("CREATE USER ada PASSWORD 'hidden'").toString()).doesNotContain("hidden");
    assertThat(read("ALTER USER ada PASSWORD 'hidden'").toString()).doesNotContain("hidden");
  }
}
