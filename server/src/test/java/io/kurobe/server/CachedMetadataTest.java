package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Metadata is asked for once, as long as the catalog is the same to whoever asks. */
@Timeout(120)
class CachedMetadataTest {
  private static PostgresServer.Database sales;
  private static ConfiguredGateway gateway;
  private static TappedGateway tapped;

  private Connection connection;
  private DatabaseMetaData metadata;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    sales =
        PostgresServer.database(
            "cached_metadata",
            "CREATE TABLE orders (id int PRIMARY KEY, total numeric(12, 2))",
            "CREATE TABLE lines (id int PRIMARY KEY, order_id int REFERENCES orders)",
            "CREATE TABLE secrets (id int PRIMARY KEY)");
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              sales: {type: postgres, url: "%s", user: %s}
            security:
              mode: users
              admin: {user: root, password: opensesame}
              roles:
                reader:
                  members: [ada]
                  grants: [sales.public.orders, sales.public.lines]
            """
                .formatted(sales.url(), sales.user()));
    say("CREATE USER ada PASSWORD 'opensesame'");
    tapped = TappedGateway.before(URI.create(gateway.url().substring("jdbc:".length())).getPort());
  }

  @AfterAll
  static void stop() {
    tapped.close();
    gateway.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(tapped.url(), "ada", "opensesame");
    metadata = connection.getMetaData();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  /** By the administrator, on a connection of his own. */
  private static void say(String... statements) throws SQLException {
    try (Connection other = DriverManager.getConnection(gateway.url(), "root", "opensesame");
        Statement statement = other.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private interface Question {
    ResultSet ask() throws SQLException;
  }

  private Map<String, Question> questions() {
    Map<String, Question> questions = new TreeMap<>();
    questions.put("catalogs", () -> metadata.getCatalogs());
    questions.put("schemas", () -> metadata.getSchemas("sales", null));
    questions.put("tables", () -> metadata.getTables("sales", null, "%", null));
    questions.put("views", () -> metadata.getTables(null, null, "%", new String[] {"VIEW"}));
    questions.put("types of tables", () -> metadata.getTableTypes());
    questions.put("types", () -> metadata.getTypeInfo());
    questions.put("columns", () -> metadata.getColumns("sales", "public", "orders", null));
    questions.put("columns of all", () -> metadata.getColumns(null, null, "%", "%"));
    questions.put("primary keys", () -> metadata.getPrimaryKeys("sales", null, "orders"));
    questions.put("imported keys", () -> metadata.getImportedKeys("sales", null, "lines"));
    questions.put("indexes", () -> metadata.getIndexInfo("sales", null, "orders", false, true));
    questions.put("functions", () -> metadata.getFunctions(null, null, "%"));
    return questions;
  }

  private List<String> tables() throws SQLException {
    return rows(metadata.getTables(null, null, "%", null), "TABLE_NAME");
  }

  @Test
  void whatWasAnsweredIsNotAskedAgain() throws Exception {
    Map<String, List<String>> first = new TreeMap<>();
    Map<String, List<String>> again = new TreeMap<>();
    for (Map.Entry<String, Question> question : questions().entrySet()) {
      List<TappedGateway.Exchange> asked =
          tapped.exchangesOf(() -> first.put(question.getKey(), rows(question.getValue().ask())));
      assertThat(asked).as(question.getKey()).hasSize(1);
      assertThat(asked.get(0).path()).as(question.getKey()).startsWith("/v1/");
      assertThat(asked.get(0).text()).as(question.getKey()).contains("system.jdbc.");
    }
    List<TappedGateway.Exchange> asked =
        tapped.exchangesOf(
            () -> {
              for (Map.Entry<String, Question> question : questions().entrySet()) {
                again.put(question.getKey(), rows(question.getValue().ask()));
              }
            });
    assertThat(asked).isEmpty();
    assertThat(again).isEqualTo(first);
    assertThat(first.get("columns")).hasSize(2);
    assertThat(first.get("imported keys")).hasSize(1);
  }

  @Test
  void rowsAFewAtATimeAreForQueriesAlone() throws Exception {
    try (Connection slow =
        DriverManager.getConnection(tapped.url() + "?fetchSize=1", "ada", "opensesame")) {
      List<TappedGateway.Exchange> asked =
          tapped.exchangesOf(() -> assertThat(rows(slow.getMetaData().getTableTypes())).hasSize(4));
      assertThat(asked).hasSize(1);
    }
  }

  /** Two that are read at a time do not disturb each other. */
  @Test
  void anAnswerIsReadByAnyNumberAtOnce() throws SQLException {
    List<String> names = tables();
    try (ResultSet one = metadata.getTables(null, null, "%", null);
        ResultSet other = metadata.getTables(null, null, "%", null)) {
      List<String> read = new ArrayList<>();
      while (one.next()) {
        assertThat(other.next()).isTrue();
        assertThat(other.getString(3)).isEqualTo(one.getString(3));
        read.add(one.getString(3));
      }
      assertThat(read).isEqualTo(names);
      assertThat(one.getStatement()).isNotSameAs(other.getStatement());
    }
  }

  @Test
  void aViewOfAnotherConnectionIsSeenAfterTheNextExchange() throws SQLException {
    assertThat(tables()).doesNotContain("large");
    try (Connection other = DriverManager.getConnection(gateway.url(), "ada", "opensesame");
        Statement statement = other.createStatement()) {
      statement.execute("CREATE VIEW large AS SELECT id FROM sales.public.orders WHERE total > 9");
      assertThat(tables()).doesNotContain("large");
      assertThat(connection.isValid(5)).isTrue();
      assertThat(tables()).contains("large");

      statement.execute("DROP VIEW large");
      assertThat(connection.isValid(5)).isTrue();
      assertThat(tables()).doesNotContain("large");
    }
  }

  @Test
  void whatIsGrantedAndRevokedIsSeenAfterTheNextExchange() throws SQLException {
    assertThat(tables()).doesNotContain("secrets");
    say("GRANT SELECT ON sales.public.secrets TO USER ada");
    try (Statement statement = connection.createStatement()) {
      assertThat(rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
      assertThat(tables()).contains("secrets");
      say("REVOKE SELECT ON sales.public.secrets FROM USER ada");
      assertThat(rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
    }
    assertThat(tables()).doesNotContain("secrets");
    assertThat(rows(metadata.getColumns("sales", null, "secrets", null))).isEmpty();
  }

  @Test
  void whatIsReadAnewIsSeenAfterTheNextExchange() throws SQLException {
    List<String> before = rows(metadata.getColumns("sales", null, "lines", null), "COLUMN_NAME");
    assertThat(before).doesNotContain("quantity");
    sales.execute("ALTER TABLE lines ADD COLUMN quantity int");
    say("REFRESH sales");
    assertThat(connection.isValid(5)).isTrue();
    assertThat(rows(metadata.getColumns("sales", null, "lines", null), "COLUMN_NAME"))
        .contains("quantity");
  }

  @Test
  void whatTheConnectionItselfChangesIsSeenAtOnce() throws SQLException {
    assertThat(tables()).doesNotContain("own");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW own AS SELECT id FROM sales.public.orders");
      assertThat(tables()).contains("own");
      statement.execute("DROP VIEW own");
    }
    assertThat(tables()).doesNotContain("own");
  }

  @Test
  void anotherSearchPathIsAskedAnew() throws Exception {
    List<TappedGateway.Act> moves =
        List.of(
            () -> connection.setCatalog("sales"),
            () -> connection.setSchema("public"),
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = sales.public");
              }
            });
    for (TappedGateway.Act move : moves) {
      tables();
      assertThat(tapped.exchangesOf(this::tables)).isEmpty();
      move.run();
      assertThat(tapped.exchangesOf(this::tables)).hasSize(1);
    }
  }

  @Test
  void whatAnotherUserSeesIsAskedForHim() throws SQLException {
    assertThat(tables()).contains("orders");
    try (Connection root = DriverManager.getConnection(tapped.url(), "root", "opensesame")) {
      assertThat(rows(root.getMetaData().getTables(null, null, "%", null))).isEmpty();
    }
  }
}
