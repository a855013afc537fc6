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

  private static ConfiguredGateway gateway;

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
        ConfiguredGateway.start(
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
            """);
    say("root", "CREATE USER ada PASSWORD 'opensesame'", "CREATE USER ben PASSWORD 'opensesame'");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(gateway.url(), user, "opensesame");
  }

  private static void say(String user, String... statements) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> rows(String user, String sql) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      return ConfiguredGateway.rows(statement.executeQuery(sql));
    }
  }

  private static void refused(String user, String state, String sql) {
    assertThatThrownBy(() -> say(user, sql))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as(sql).isEqualTo(state));
  }

  @Test
  void theFilesRolesFiltersAndMasksHold() throws SQLException {
    assertThat(rows("ada", "SELECT * FROM files.main.people ORDER BY id"))
        .containsExactly("1 **** ada", "3 **** ada");
    assertThat(rows("root", "SHOW ROW FILTERS").toString()).contains("in force", "configuration");
    refused("root", "42501", "DROP ROW FILTER own ON files.main.people");
  }

  @Test
  void whatWasNotGrantedDoesNotExistNotEvenForAdministrators() {
    refused("root", "42P01", "SELECT * FROM files.main.people");
    refused("ben", "42P01", "SELECT * FROM files.main.people");
    refused("ben", "42501", "GRANT SELECT ON SOURCE files TO USER ben");
  }

  @Test
  void whatIsTakenBackIsGoneOnConnectionsThatAreOpen() throws SQLException {
    say("root", "CREATE ROLE clerks", "GRANT SELECT (id) ON files.main.people TO ROLE clerks");
    try (Connection ben = connect("ben");
        Statement statement = ben.createStatement()) {
      String sql = "SELECT * FROM files.main.people ORDER BY 1";
      say("root", "GRANT ROLE clerks TO ben");
      assertThat(ConfiguredGateway.rows(statement.executeQuery(sql)))
          .containsExactly("1", "2", "3");
      say("root", "CREATE ROW FILTER f ON files.main.people FOR clerks USING (id > 1)");
      assertThat(ConfiguredGateway.rows(statement.executeQuery(sql))).containsExactly("2", "3");
      say("root", "REVOKE ROLE clerks FROM ben");
      assertThatThrownBy(() -> statement.executeQuery(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }
    refused(
        "root", "42703", "CREATE ROW FILTER g ON files.main.people FOR clerks USING (nothing > 1)");
  }
}
