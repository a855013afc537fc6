package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways that differ in nothing but what alice may not see: marked values in hidden rows, in
 * hidden and in masked columns, how many there are, and where computing with them fails. Whatever
 * she says, both answer alike, and no mark is told.
 */
class CanariesTest {
  @TempDir private static Path directory;

  private static final List<Twin> TWINS = new ArrayList<>();

  private record Twin(SecuredGateway gateway, String mark) {}

  private record Attack(String kind, String sql) {
    boolean prepared() {
      return sql.startsWith("?");
    }

    /** What is told holds times or sizes, and so may differ. */
    boolean measured() {
      return sql.startsWith("~");
    }

    String text() {
      return prepared() || measured() ? sql.substring(1) : sql;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    TWINS.add(new Twin(twin("one", "kestrel", "7710", 3, 4), "kestrel"));
    TWINS.add(new Twin(twin("other", "osprey", "8820", 7, 9), "osprey"));
  }

  @AfterAll
  static void stop() {
    TWINS.forEach(twin -> twin.gateway().close());
  }

  /**
   * A gateway with hidden values of its own.
   *
   * @param digits begin what is hidden and a number
   * @param from the id of the first hidden row, and the last: others are 1 and 2
   */
  private static SecuredGateway twin(String name, String mark, String digits, int from, int to)
      throws Exception {
    Path place = Files.createDirectory(directory.resolve(name));
    StringBuilder hidden = new StringBuilder();
    StringBuilder orders = new StringBuilder();
    StringBuilder people = new StringBuilder();
    for (int id = from; id <= to; id++) {
      String row = "(" + id + ", '" + mark + id + "', '" + mark + id + "@shop.example', 'east'";
      hidden.append(", ").append(row).append(", '").append(mark).append("print')");
      orders.append(", (" + id + ", " + id + ", 'east', " + digits + id + ", '" + mark + "note')");
      people.append(", (" + id + ", '" + mark + id + "', '" + digits + id + "', 'east')");
    }
    PostgresServer.Database database =
        PostgresServer.database(
            "canaries_" + name,
            "CREATE TABLE customers (id integer PRIMARY KEY, name text, email text, region text,"
                + " fingerprint text)",
            "INSERT INTO customers VALUES (1, 'ann', '"
                + mark
                + "1@shop.example', 'west', '"
                + mark
                + "a'), (2, 'ben', '"
                + mark
                + "22@shop.example', 'west', '"
                + mark
                + "b')"
                + hidden,
            "CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, region text,"
                + " total numeric(12, 2), note text)",
            "INSERT INTO orders VALUES (1, 1, 'west', 10.5, 'first'), (2, 2, 'west', 20, 'x')"
                + orders,
            "CREATE TABLE payroll (person text, amount integer)",
            "INSERT INTO payroll VALUES ('" + mark + "', " + digits + ")",
            "ANALYZE");
    Path file = place.resolve("archive.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE people (id INTEGER, name VARCHAR, phone VARCHAR, region VARCHAR)");
      statement.execute(
          "INSERT INTO people VALUES (1, 'ann', '"
              + digits
              + "1', 'west'), (2, 'zoe', '"
              + digits
              + "22', 'west')"
              + people);
      statement.execute("CREATE TABLE vault (item VARCHAR)");
      statement.execute("INSERT INTO vault VALUES ('" + mark + "')");
    }
    SecuredGateway gateway =
        new SecuredGateway(
            place,
            "sources:\n  shop: {type: postgres, url: '"
                + database.url()
                + "', user: '"
                + database.user()
                + "'}\n  archive: {type: duckdb, path: '"
                + file
                + "'}\n");
    gateway.say(
        "root",
        "CREATE ROLE west",
        "CREATE ROLE everything",
        "GRANT ROLE west TO USER alice",
        "GRANT ROLE everything TO USER bob",
        "GRANT SELECT ON SOURCE shop TO ROLE everything",
        "GRANT SELECT ON SOURCE archive TO ROLE everything",
        "GRANT SELECT (id, name, email, region) ON shop.public.customers TO ROLE west",
        "GRANT SELECT ON shop.public.orders TO ROLE west",
        "GRANT SELECT ON archive.main.people TO ROLE west",
        "CREATE ROW FILTER west ON shop.public.customers FOR west USING (region = 'west')",
        "CREATE ROW FILTER west ON shop.public.orders FOR west USING (region = 'west')",
        "CREATE ROW FILTER west ON archive.main.people FOR west USING (region = 'west')",
        "CREATE MASK mail ON shop.public.customers (email) FOR west USING FULL",
        "CREATE MASK phone ON archive.main.people (phone) FOR west USING NULL");
    gateway.say(
        "bob", "CREATE VIEW hidden_view AS SELECT fingerprint, id FROM shop.public.customers");
    return gateway;
  }

  private static Map<String, List<Attack>> attacks() throws IOException {
    Map<String, List<Attack>> attacks = new LinkedHashMap<>();
    String kind = "";
    try (InputStream file = CanariesTest.class.getResourceAsStream("canaries/attacks.sql")) {
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("#")) {
          continue;
        }
        if (line.startsWith("-- ")) {
          kind = line.substring(3);
        } else if (!line.isBlank()) {
          attacks.computeIfAbsent(kind, any -> new ArrayList<>()).add(new Attack(kind, line));
        }
      }
    }
    return attacks;
  }

  private static String answer(Connection connection, Attack attack) {
    String[] parts = attack.text().split("¦");
    try (PreparedStatement statement = connection.prepareStatement(parts[0])) {
      for (int i = 1; i < parts.length; i++) {
        statement.setString(i, parts[i]);
      }
      return statement.execute() ? rows(statement.getResultSet(), attack.text()) : "done";
    } catch (SQLException e) {
      return told(e);
    }
  }

  private static String direct(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      String answer = statement.execute(sql) ? rows(statement.getResultSet(), sql) : "done";
      return answer + " " + statement.getWarnings();
    } catch (SQLException e) {
      return told(e);
    }
  }

  /** With all that goes with it, but for the id of the statement. */
  private static String told(SQLException error) {
    StringBuilder text = new StringBuilder(String.valueOf(error.getSQLState()));
    for (Throwable at = error; at != null; at = at.getCause()) {
      text.append(' ').append(at.getMessage());
    }
    return text.toString().replaceAll("q[0-9a-z_-]{8,}|\\[query [^\\]]*\\]", "");
  }

  /** Without an order that was asked for, rows may come in any. */
  private static String rows(ResultSet result, String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      text.append(result.getMetaData().getColumnLabel(i)).append(' ');
    }
    List<String> rows = new ArrayList<>(ConfiguredGateway.rows(result));
    if (!sql.contains("ORDER BY")) {
      rows.sort(null);
    }
    return text + rows.toString();
  }

  private static void assertAlike(String what, boolean measured, List<String> answers) {
    for (int i = 0; i < TWINS.size(); i++) {
      String written = what.toLowerCase(Locale.ROOT);
      String told = answers.get(i).toLowerCase(Locale.ROOT);
      String mark = TWINS.get(i).mark();
      if (!written.contains(mark)) {
        assertThat(told).as(what).doesNotContain(mark);
      }
    }
    if (!measured) {
      assertThat(answers.get(1)).as(what).isEqualTo(answers.get(0));
    }
  }

  @Test
  void noAttackTellsWhatIsHidden() throws Exception {
    Map<String, List<Attack>> attacks = attacks();
    assertThat(attacks).hasSizeGreaterThanOrEqualTo(20);
    List<AssertionError> leaks = new ArrayList<>();
    try (Connection bob = TWINS.get(0).gateway().connect("bob");
        Connection bobs = TWINS.get(1).gateway().connect("bob");
        Connection alice = TWINS.get(0).gateway().connect("alice");
        Connection alices = TWINS.get(1).gateway().connect("alice")) {
      for (List<Attack> kind : attacks.values()) {
        assertThat(kind).as(kind.get(0).kind()).hasSizeGreaterThanOrEqualTo(5);
        for (Attack attack : kind) {
          if (attack.text().startsWith("SELECT")) {
            // Plans and answers of one who sees all are in the caches before.
            answer(bob, attack);
            answer(bobs, attack);
          }
          try {
            assertAlike(
                attack.kind() + ": " + attack.sql(),
                attack.measured(),
                List.of(answer(alice, attack), answer(alices, attack)));
            if (!attack.prepared()) {
              assertAlike(
                  attack.kind() + ": " + attack.sql(),
                  attack.measured(),
                  List.of(direct(alice, attack.text()), direct(alices, attack.text())));
            }
          } catch (AssertionError leak) {
            leaks.add(leak);
          }
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  @Test
  void whatIsVisibleIsSeen() throws SQLException {
    for (Twin twin : TWINS) {
      try (Connection alice = twin.gateway().connect("alice")) {
        assertThat(direct(alice, "SELECT * FROM shop.public.customers ORDER BY id"))
            .contains("1 ann **** west, 2 ben **** west");
        assertThat(direct(alice, "SELECT * FROM archive.main.people ORDER BY id"))
            .contains("1 ann null west, 2 zoe null west");
      }
      try (Connection bob = twin.gateway().connect("bob")) {
        assertThat(direct(bob, "SELECT fingerprint FROM shop.public.customers"))
            .contains(twin.mark());
      }
    }
  }

  @Test
  void driversAreToldOfNothingHidden() throws SQLException {
    List<String> answers = new ArrayList<>();
    for (Twin twin : TWINS) {
      try (Connection alice = twin.gateway().connect("alice")) {
        DatabaseMetaData metadata = alice.getMetaData();
        StringBuilder told = new StringBuilder();
        told.append(rows(metadata.getTables(null, null, "%", null), ""));
        for (String source : List.of("shop", "archive", "views")) {
          told.append(rows(metadata.getColumns(source, null, "%", "%"), ""));
        }
        told.append(rows(metadata.getSchemas(), ""));
        told.append(rows(metadata.getPrimaryKeys("shop", "public", "customers"), ""));
        told.append(rows(metadata.getIndexInfo("shop", "public", "customers", false, true), ""));
        told.append(rows(metadata.getImportedKeys("shop", "public", "payroll"), ""));
        answers.add(told.toString());
        assertThat(told.toString())
            .contains("customers", "people")
            .doesNotContain("payroll", "vault", "fingerprint", "hidden_view");
      }
    }
    assertAlike("metadata", false, answers);
  }

  /** Statements put together at random; {@code -Dkurobe.canaries.fuzz=10000} runs more. */
  @Test
  void noFuzzedStatementTellsWhatIsHidden() throws SQLException {
    int count = Integer.getInteger("kurobe.canaries.fuzz", 300);
    long seed = Long.getLong("kurobe.canaries.seed", System.nanoTime());
    Random random = new Random(seed);
    try (Connection alice = TWINS.get(0).gateway().connect("alice");
        Connection alices = TWINS.get(1).gateway().connect("alice")) {
      for (int i = 0; i < count; i++) {
        String sql = statement(random);
        assertAlike(
            "seed " + seed + ": " + sql, false, List.of(direct(alice, sql), direct(alices, sql)));
      }
    }
  }

  private static String statement(Random random) {
    String table = one(random, TABLES);
    String other = one(random, TABLES);
    String value = one(random, VALUES);
    return switch (random.nextInt(6)) {
      case 0 ->
          "SELECT " + value + " FROM " + table + " a WHERE " + condition(random) + " ORDER BY 1";
      case 1 ->
          "SELECT COUNT(*), MAX(" + value + ") FROM " + table + " a WHERE " + condition(random);
      case 2 ->
          "SELECT a.id, b.id FROM "
              + table
              + " a "
              + one(random, JOINS)
              + " "
              + other
              + " b ON a.id = b.id AND "
              + condition(random)
              + " ORDER BY 1, 2";
      case 3 ->
          "SELECT "
              + value
              + ", COUNT(*) FROM "
              + table
              + " a GROUP BY "
              + value
              + " ORDER BY 1, 2";
      case 4 ->
          "SELECT a.id FROM "
              + table
              + " a WHERE "
              + one(random, List.of("", "NOT "))
              + "EXISTS (SELECT 1 FROM "
              + other
              + " b WHERE b.id <> a.id AND b.region <> a.region)"
              + " OR "
              + condition(random)
              + " ORDER BY 1";
      default ->
          "SELECT * FROM (SELECT a.id, "
              + value
              + " v FROM "
              + table
              + " a) t WHERE v IS "
              + one(random, List.of("", "NOT "))
              + "NULL ORDER BY 1";
    };
  }

  private static final List<String> TABLES =
      List.of(
          "shop.public.customers",
          "shop.public.customers",
          "shop.public.orders",
          "archive.main.people",
          "archive.main.people",
          "shop.public.payroll",
          "views.main.hidden_view");

  private static final List<String> JOINS = List.of("JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN");

  private static final List<String> VALUES =
      List.of(
          "a.id",
          "a.region",
          "a.name",
          "a.email",
          "a.phone",
          "a.fingerprint",
          "a.note",
          "1 / (a.id - 3)",
          "1 / (a.id - 7)",
          "CAST(a.name AS INTEGER)",
          "CAST(a.email AS DATE)",
          "CHAR_LENGTH(a.email)",
          "a.id * 1000000000",
          "CASE WHEN a.region = 'east' THEN 1 / 0 ELSE a.id END",
          "SUBSTRING(a.name FROM a.id)");

  private static final List<String> CONDITIONS =
      List.of(
          "1 / (a.id - 3) < 9",
          "1 / (a.id - 8) < 9",
          "a.region = 'east'",
          "a.email LIKE 'k%'",
          "a.email > 'l'",
          "a.phone IS NOT NULL",
          "a.name LIKE '%e%'",
          "CAST(a.name AS INTEGER) > 0",
          "a.id > 2",
          "a.fingerprint IS NULL",
          "a.total > 100",
          "MOD(10, a.id - 4) = 1");

  private static String condition(Random random) {
    String first = one(random, CONDITIONS);
    return random.nextBoolean()
        ? first
        : "(" + first + one(random, List.of(" AND ", " OR ")) + one(random, CONDITIONS) + ")";
  }

  private static <T> T one(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
