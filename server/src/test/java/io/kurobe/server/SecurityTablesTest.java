package io.kurobe.server;

import static io.kurobe.server.GuardedGateway.ADMIN;
import static io.kurobe.server.GuardedGateway.PASSWORD;
import static io.kurobe.server.GuardedGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Users and rights as tables: for administrators, and without secrets. */
class SecurityTablesTest {
  private static final List<String> TABLES =
      List.of("users", "api_keys", "roles", "grants", "row_filters", "masks");

  @TempDir private static Path directory;

  private static GuardedGateway gateway;
  private static String key;

  @BeforeAll
  static void start() throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("files.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE people (id INTEGER, name VARCHAR)");
    }
    gateway = GuardedGateway.start(directory);
    gateway.administer(
        "CREATE USER ada PASSWORD 'first secret'",
        "CREATE ROLE reader",
        "GRANT ROLE reader TO ada",
        "GRANT SELECT ON SOURCE files TO ROLE reader",
        "CREATE ROW FILTER few ON files.main.people FOR reader USING (id < 10)",
        "CREATE MASK hashed ON files.main.people (name) FOR reader USING HASH");
    try (Connection ada = gateway.connect("ada", "first secret")) {
      key = key(ada, "CREATE API KEY laptop EXPIRES '90d' SCOPE 'sql'");
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    return ConfiguredGateway.rows(connection.createStatement().executeQuery(sql));
  }

  @Test
  void administratorsSeeUsersAndRights() throws SQLException {
    try (Connection root = gateway.connect(ADMIN, PASSWORD)) {
      assertThat(
              rows(
                  root,
                  "SELECT user_name, enabled, has_password, api_keys FROM system.security.users"
                      + " WHERE created <= CURRENT_TIMESTAMP ORDER BY 1"))
          .containsExactly("ada true true 1", "root true true 0");
      assertThat(
              rows(
                  root,
                  "SELECT key_name, user_name, scopes, state FROM system.security.api_keys"
                      + " WHERE expires > CURRENT_TIMESTAMP"))
          .containsExactly("laptop ada sql valid");
      assertThat(
              rows(
                  root,
                  "SELECT g.grantee, r.members FROM system.security.grants g JOIN"
                      + " system.security.roles r ON r.role_name = g.grantee"
                      + " WHERE g.granted_on LIKE '%files%'"))
          .containsExactly("reader user ada");
      assertThat(rows(root, "SELECT filter_name, status FROM system.security.row_filters"))
          .containsExactly("few in force");
      assertThat(rows(root, "SELECT mask_name, column_name, seen FROM system.security.masks"))
          .containsExactly("hashed name HASH");
    }
  }

  @Test
  void othersSeeNothingOfThem() throws SQLException {
    try (Connection ada = gateway.connect("ada", "first secret")) {
      for (String table : TABLES) {
        assertThat(SqlStates.of(() -> rows(ada, "SELECT * FROM system.security." + table)))
            .as(table)
            .isEqualTo("42501");
      }
      assertThat(rows(ada, "SELECT table_name FROM system.jdbc.tables"))
          .doesNotContain(TABLES.toArray(String[]::new));
    }
  }

  @Test
  void thereIsNoSecretInThem() throws SQLException {
    try (Connection root = gateway.connect(ADMIN, PASSWORD)) {
      for (String table : TABLES) {
        assertThat(String.join("\n", rows(root, "SELECT * FROM system.security." + table)))
            .as(table)
            .isNotEmpty()
            .doesNotContain(key.substring(15), "$argon2", "first secret", PASSWORD);
      }
    }
  }
}
