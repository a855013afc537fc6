package io.kurobe.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.parser.SecurityStatement.Masked.Usual;
import io.kurobe.server.config.Configuration.Invalid;
import io.kurobe.server.config.Configuration.Valid;
import io.kurobe.server.config.GrantSettings.MaskSettings;
import io.kurobe.server.config.GrantSettings.ReadSettings;
import io.kurobe.server.config.GrantSettings.RoleSettings;
import io.kurobe.server.config.GrantSettings.RowFilterSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantReaderTest {
  private static final String SOURCES =
      "sources:\n  sales: {type: duckdb, path: a.duckdb}\nsecurity:\n  mode: users\n";

  private static Configuration.Reading read(String security) {
    return ConfigurationReader.create()
        .read("kurobe.yaml", SOURCES + security.indent(2), Path.of("/etc/kurobe"));
  }

  private static List<String> problems(String security) {
    return ((Invalid) read(security)).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsRolesRowFiltersAndMasks() {
    Valid valid =
        (Valid)
            read(
                """
                roles:
                  reader:
                    grants: [sales.main]
                  analyst:
                    inherits: [reader]
                    members: [ada, ben]
                    grants:
                      - sales
                      - sales.main.customers (id, "full name")
                  admin: {members: [root]}
                rowFilters:
                  - {name: own, table: sales.main.orders, roles: [analyst], using: "owner = CURRENT_USER"}
                masks:
                  - {name: mail, table: sales.main.customers, column: email, roles: [analyst], using: partial}
                  - {name: none, table: sales.main.customers, column: age, roles: [public], using: null}
                  - {name: own, table: sales.main.customers, column: name, roles: [reader], using: "'x' || id"}
                """);
    GrantSettings grants = valid.configuration().security().grants();
    assertThat(grants.roles())
        .containsExactly(
            new RoleSettings(
                "reader",
                List.of(),
                List.of(),
                List.of(new ReadSettings(List.of("sales", "main"), List.of()))),
            new RoleSettings(
                "analyst",
                List.of("ada", "ben"),
                List.of("reader"),
                List.of(
                    new ReadSettings(List.of("sales"), List.of()),
                    new ReadSettings(
                        List.of("sales", "main", "customers"), List.of("id", "full name")))),
            new RoleSettings("admin", List.of("root"), List.of(), List.of()));
    assertThat(grants.rowFilters())
        .containsExactly(
            new RowFilterSettings(
                "own",
                List.of("sales", "main", "orders"),
                List.of("analyst"),
                "owner = CURRENT_USER"));
    assertThat(grants.masks())
        .extracting(MaskSettings::usual)
        .containsExactly(Optional.of(Usual.PARTIAL), Optional.of(Usual.NULL), Optional.empty());
  }

  @Test
  void saysEachMistakeWithItsLine() {
    assertThat(
            problems(
                """
                roles:
                  a: {inherits: [b], grants: [sale, sales.main.t.x, "sales (a)"]}
                  b: {inherits: [a]}
                  B: {inherits: [c]}
                  public: {members: [ada]}
                rowFilters:
                  - {name: f, table: sales.t, roles: [a], using: "a ="}
                  - {name: g, table: sales.main.t, roles: [nobody]}
                masks:
                  - {name: m, table: other.main.t, roles: [a], using: "1 = "}
                """))
        .anySatisfy(one -> assertThat(one).contains("6", "no source is named 'sale'"))
        .anySatisfy(one -> assertThat(one).contains("6", "a grant is written"))
        .anySatisfy(one -> assertThat(one).contains("6", "inherit each other"))
        .anySatisfy(one -> assertThat(one).contains("8", "there is already a role 'b'"))
        .anySatisfy(one -> assertThat(one).contains("8", "no role 'c' to inherit"))
        .anySatisfy(one -> assertThat(one).contains("9", "takes no members"))
        .anySatisfy(one -> assertThat(one).contains("11", "a table is written"))
        .anySatisfy(one -> assertThat(one).contains("11", "'using' is no expression"))
        .anySatisfy(one -> assertThat(one).contains("12", "no role 'nobody'"))
        .anySatisfy(one -> assertThat(one).contains("12", "'using' is missing"))
        .anySatisfy(one -> assertThat(one).contains("14", "'column' is missing"))
        .anySatisfy(one -> assertThat(one).contains("14", "no source is named 'other'"));
  }
}
