package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who prove who they are see what the file and statements grant them, and no more. */
class GrantedUsersTest {
  @TempDir private static Path directory;

  private static SecuredGateway gateway;

  @BeforeAll
  static void start() throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE people (id INTEGER, name VARCHAR, owner VARCHAR)");
      statement.execute(
          "INSERT INTO people VALUES (1, 'one', 'ada'), (2, 'two', 'ben'), (3, 'three', 'ada')");
    }
    gateway =
        new SecuredGateway(
            directory,
            """
            sources:
              files: {type: duckdb, path: a.duckdb}
            security:
              mode: users
              admin: {user: root, password: opensesame}
              roles:
                reader:
                  members: [ada]
                  grants: [files.main.people]
              rowFilters:
                - {name: own, table: files.main.people, roles: [reader], using: owner = CURRENT_USER}
              masks:
                - {name: name, table: files.main.people, column: name, roles: [reader], using: full}
            """,
            List.of("ada", "ben"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void theFilesRolesFiltersAndMasksHold() throws SQLException {
    assertThat(gateway.rows("ada", "SELECT * FROM files.main.people ORDER BY id"))
        .containsExactly("1 **** ada", "3 **** ada");
    assertThat(gateway.rows("root", "SHOW ROW FILTERS").toString())
        .contains("in force", "configuration");
    gateway.refuses("root", "42501", "DROP ROW FILTER own ON files.main.people");
  }

  @Test
  void whatWasNotGrantedDoesNotExistNotEvenForAdministrators() {
    gateway.refuses("root", "42P01", "SELECT * FROM files.main.people");
    gateway.refuses("ben", "42P01", "SELECT * FROM files.main.people");
    gateway.refuses("ben", "42501", "GRANT SELECT ON SOURCE files TO USER ben");
  }

  @Test
  void whatIsTakenBackIsGoneOnConnectionsThatAreOpen() throws SQLException {
    gateway.say(
        "root", "CREATE ROLE clerks", "GRANT SELECT (id) ON files.main.people TO ROLE clerks");
    try (Connection ben = gateway.connect("ben");
        Statement statement = ben.createStatement()) {
      String sql = "SELECT * FROM files.main.people ORDER BY 1";
      gateway.say("root", "GRANT ROLE clerks TO ben");
      assertThat(ConfiguredGateway.rows(statement.executeQuery(sql)))
          .containsExactly("1", "2", "3");
      gateway.say("root", "CREATE ROW FILTER f ON files.main.people FOR clerks USING (id > 1)");
      assertThat(ConfiguredGateway.rows(statement.executeQuery(sql))).containsExactly("2", "3");
      gateway.say("root", "REVOKE ROLE clerks FROM ben");
      assertThatThrownBy(() -> statement.executeQuery(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }
    gateway.refuses(
        "root", "42703", "CREATE ROW FILTER g ON files.main.people FOR clerks USING (nothing > 1)");
  }
}
