package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.pipeline.AgentQuestions;
import io.kurobe.nl2sql.retrieve.WholeScope;
import io.kurobe.nl2sql.select.Agreement;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of forms of other dialects, over PostgreSQL and over DuckDB. */
class DialectFormsTest {
  private static final String MADE =
      """
      CREATE TABLE visit (id int PRIMARY KEY, shop text, town text, flag int, open boolean,
        amount int, price decimal(8, 2), day date, moment timestamp, said text);
      INSERT INTO visit VALUES
        (1, 'Nord', 'Oslo', 1, true, 10, 1.50, '2024-01-31', '2024-01-31 10:20:30', '2024-01-31'),
        (2, 'Nord', 'Bonn', 0, false, 30, 2.50, '2024-02-10', '2024-02-10 23:00:00', '2024-02-10'),
        (3, 'Süd', 'Oslo', 1, true, 30, 3.50, '2025-02-10', '2025-02-10 00:00:00', '2025-02-10'),
        (4, 'Süd', 'Köln', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
      CREATE TABLE town (town text, land text);
      INSERT INTO town VALUES ('Oslo', 'NO'), ('Bonn', 'DE');
      """;

  /** Proposes the question's evidence. */
  private static final class Echo implements Generator {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public List<Proposal> propose(GenerationTask task) {
      return List.of(Proposal.of(name(), task.question().options().get("evidence"), 1));
    }
  }

  @TempDir private static Path directory;
  private static Federation federation;

  @BeforeAll
  static void start() throws Exception {
    PostgresServer.Database database = PostgresServer.database("dialects", MADE);
    Path file = directory.resolve("duck.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(MADE);
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("pg", "postgres", database.url(), database.user()),
                SourceConfig.ofPath("duck", "duckdb", file.toString())),
            List.of(),
            new AgentQuestions(
                List.of(new Echo()),
                new WholeScope(),
                new CandidateValidator(),
                new Agreement(),
                new OfflineQuestions()));
  }

  @AfterAll
  static void stop() {
    if (federation != null) {
      federation.close();
    }
  }

  private static String answer(String source, String sql) {
    String asked =
        "ASK 'what is it?' ON %s WITH (evidence = '%s')".formatted(source, sql.replace("'", "''"));
    try {
      return federation.query(asked).stream()
          .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
          .collect(Collectors.joining("; "));
    } catch (KurobeException e) {
      return "refused " + e.code().sqlState() + " " + e.getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT COUNT(DISTINCT shop, town) FROM visit @ 4
          SELECT COUNT(DISTINCT shop || town) FROM visit @ 4
          SELECT COUNT(DISTINCT flag, amount) FROM visit @ 3
          SELECT shop, COUNT(DISTINCT town, flag) FROM visit GROUP BY shop ORDER BY 1 @ Nord 2; Süd 1
          SELECT id FROM visit WHERE flag ORDER BY id @ 1; 3
          SELECT id FROM visit WHERE NOT flag @ 2
          SELECT id FROM visit WHERE flag AND amount > 10 @ 3
          SELECT id FROM visit WHERE open = 1 ORDER BY id @ 1; 3
          SELECT id FROM visit WHERE open = 0 @ 2
          SELECT id FROM visit WHERE open IS TRUE AND amount = 10 @ 1
          SELECT id FROM visit WHERE open = 'true' AND amount = 10 @ 1
          SELECT COUNT(*) FROM visit WHERE 1 @ 4
          SELECT SUM(flag = 1) FROM visit @ 2
          SELECT SUM(open) FROM visit @ 2
          SELECT AVG(amount > 10) FROM visit WHERE amount IS NOT NULL @ 0.666667
          SELECT shop, town, MAX(amount) FROM visit WHERE town = 'Oslo' @ Süd Oslo 30
          SELECT shop, MAX(amount) AS most FROM visit WHERE town = 'Oslo' ORDER BY amount DESC LIMIT 1 @ Süd 30
          SELECT town, MIN(amount) FROM visit @ Oslo 10
          SELECT shop, town, MIN(price) FROM visit GROUP BY shop ORDER BY 1, 2 @ Nord Bonn 2.50; Nord Oslo 1.50; Süd Köln null; Süd Oslo 3.50
          SELECT GROUP_CONCAT(town, '-') FROM visit WHERE id = 1 @ Oslo
          SELECT GROUP_CONCAT(DISTINCT shop) FROM visit WHERE id < 3 @ Nord
          SELECT GROUP_CONCAT(shop SEPARATOR ';') FROM visit WHERE id = 1 @ Nord
          SELECT GROUP_CONCAT(id ORDER BY id DESC SEPARATOR ',') FROM visit @ 4,3,2,1
          SELECT STRFTIME('%Y', day) FROM visit WHERE id = 1 @ 2024
          SELECT STRFTIME('%Y-%m', said) FROM visit WHERE id = 2 @ 2024-02
          SELECT COUNT(*) FROM visit WHERE STRFTIME('%Y', said) = '2024' @ 2
          SELECT STRFTIME('%H:%M', moment) FROM visit WHERE id = 1 @ 10:20
          SELECT CAST(STRFTIME('%Y', day) AS INT) FROM visit WHERE id = 1 @ 2024
          SELECT STRFTIME('%j', day) FROM visit WHERE id = 1 @ refused
          SELECT STRFTIME('%w', day) FROM visit WHERE id = 1 @ 3
          SELECT STRFTIME('%s', '1970-01-02') @ 86400
          SELECT IIF(amount > 10, 'a', 'b') FROM visit WHERE id = 1 @ b
          SELECT IF(amount > 10, 'a', 'b') FROM visit WHERE id = 1 @ b
          SELECT IFNULL(amount, 0) FROM visit WHERE id = 4 @ 0
          SELECT id FROM visit ORDER BY id LIMIT 1, 2 @ 2; 3
          SELECT id FROM visit ORDER BY id LIMIT 2 OFFSET 1 @ 2; 3
          SELECT shop || id FROM visit WHERE id = 1 @ Nord1
          SELECT id || '-' || amount FROM visit WHERE id = 1 @ 1-10
          SELECT CONCAT(shop, ' ', id) FROM visit WHERE id = 1 @ Nord 1
          SELECT CAST(amount AS REAL) / 4 FROM visit WHERE id = 1 @ 2.5
          SELECT CAST(price AS INTEGER) FROM visit WHERE id = 1 @ 2
          SELECT CAST('12abc' AS INTEGER) @ refused
          SELECT CAST('3.7' AS INTEGER) @ refused
          SELECT CAST(amount AS TEXT) FROM visit WHERE id = 1 @ 10
          SELECT amount::text FROM visit WHERE id = 1 @ 10
          SELECT amount::float / 4 FROM visit WHERE id = 1 @ 2.5
          SELECT CAST(said::date AS VARCHAR) FROM visit WHERE id = 1 @ 2024-01-31
          SELECT price::int FROM visit WHERE id = 3 @ 4
          SELECT CAST(JULIANDAY('2024-02-10') - JULIANDAY(day) AS INTEGER) FROM visit WHERE id = 1 @ 10
          SELECT COUNT(*) FROM visit WHERE day >= DATE('now', '-1 year') @ 0
          SELECT CAST(DATE('2024-01-31', '+1 day') AS TEXT) @ 2024-02-01
          SELECT CAST(DATE('2024-01-31', '-1 month') AS TEXT) @ 2023-12-31
          SELECT CAST(DATE('2024-01-31', 'start of month') AS TEXT) @ 2024-01-01
          SELECT CAST(DATE('2024-05-31', 'start of year') AS TEXT) @ 2024-01-01
          SELECT COUNT(*) FROM visit WHERE day < DATE('now') @ 3
          SELECT COUNT(*) FROM visit WHERE moment < DATETIME('now') @ 3
          SELECT COUNT(*) FROM visit WHERE day < NOW() @ 3
          SELECT COUNT(*) FROM visit WHERE day < CURDATE() @ 3
          SELECT DATE_FORMAT(day, '%Y-%m') FROM visit WHERE id = 1 @ 2024-01
          SELECT CAST(DATE_SUB(day, INTERVAL 1 DAY) AS DATE)::text FROM visit WHERE id = 1 @ 2024-01-30
          SELECT CAST(DATE_ADD(day, INTERVAL 1 MONTH) AS DATE)::text FROM visit WHERE id = 2 @ 2024-03-10
          SELECT CAST(DATE_ADD(day, INTERVAL '1' YEAR) AS DATE)::text FROM visit WHERE id = 2 @ 2025-02-10
          SELECT DATEDIFF(day, '2024-01-01') FROM visit WHERE id = 1 @ 30
          SELECT YEAR(day), MONTH(day), DAY(day) FROM visit WHERE id = 1 @ 2024 1 31
          SELECT QUARTER(day) FROM visit WHERE id = 2 @ 1
          SELECT HOUR(moment) FROM visit WHERE id = 2 @ 23
          SELECT COUNT(*) FROM visit WHERE YEAR(said) = 2024 @ 2
          SELECT id FROM visit WHERE shop = "Nord" ORDER BY id @ 1; 2
          SELECT `id` FROM `visit` WHERE `shop` = 'Nord' ORDER BY 1 @ 1; 2
          SELECT [id] FROM [visit] WHERE [shop] = 'Nord' ORDER BY 1 @ 1; 2
          SELECT id AS 'the id' FROM visit WHERE id = 1 @ 1
          SELECT id FROM visit WHERE town ILIKE 'os%' ORDER BY id @ 1; 3
          SELECT id FROM visit WHERE town LIKE 'OS%' ORDER BY id @ 1; 3
          SELECT id FROM visit WHERE town LIKE '%ln' @ 4
          SELECT id FROM visit WHERE town GLOB 'Os*' ORDER BY id @ 1; 3
          SELECT id FROM visit WHERE town REGEXP '^O' ORDER BY id @ 1; 3
          SELECT id FROM visit WHERE town ~ '^O' ORDER BY id @ 1; 3
          SELECT CAST(DATE_TRUNC('month', day) AS DATE)::text FROM visit WHERE id = 1 @ 2024-01-01
          SELECT EXTRACT(EPOCH FROM (TIMESTAMP '2024-01-02 00:00:00' - TIMESTAMP '2024-01-01 00:00:00')) @ 86400
          SELECT EXTRACT(YEAR FROM day) FROM visit WHERE id = 1 @ 2024
          SELECT EXTRACT(DOW FROM day) FROM visit WHERE id = 1 @ 3
          SELECT CAST(day + INTERVAL '1 year' AS DATE)::text FROM visit WHERE id = 1 @ 2025-01-31
          SELECT CAST(day - INTERVAL '2 days' AS DATE)::text FROM visit WHERE id = 1 @ 2024-01-29
          SELECT CAST(day + INTERVAL 1 DAY AS DATE)::text FROM visit WHERE id = 1 @ 2024-02-01
          SELECT CAST(day + INTERVAL '1' DAY AS DATE)::text FROM visit WHERE id = 1 @ 2024-02-01
          SELECT CAST(day + INTERVAL '3 months' AS DATE)::text FROM visit WHERE id = 2 @ 2024-05-10
          SELECT CAST(day - 1 AS DATE)::text FROM visit WHERE id = 1 @ 2024-01-30
          SELECT id FROM visit ORDER BY amount DESC NULLS LAST, id LIMIT 1 @ 2
          SELECT id FROM visit ORDER BY amount DESC, id LIMIT 1 @ 2
          SELECT land, COUNT(*) FROM visit JOIN town USING (town) GROUP BY land ORDER BY 1 @ DE 1; NO 2
          SELECT COUNT(*) FROM visit NATURAL JOIN town @ 3
          SELECT id FROM visit WHERE shop != 'Nord' ORDER BY id @ 3; 4
          SELECT id FROM visit WHERE shop == 'Nord' ORDER BY id @ 1; 2
          SELECT id FROM visit WHERE shop = 'Nord' && id = 1 @ 1
          SELECT id FROM visit WHERE amount <=> NULL @ 4
          SELECT id FROM visit WHERE amount IS 10 @ 1
          SELECT id FROM visit WHERE amount IS NOT 30 ORDER BY id @ 1; 4
          SELECT id FROM visit WHERE amount = NULL @
          SELECT DISTINCT ON (shop) shop, id FROM visit ORDER BY shop, id @ refused
          SELECT TOP 2 id FROM visit ORDER BY id @ 1; 2
          SELECT ISNULL(amount, 0) FROM visit WHERE id = 4 @ 0
          SELECT LEN(shop), LENGTH(shop), CHAR_LENGTH(shop) FROM visit WHERE id = 1 @ 4 4 4
          SELECT SUBSTR(shop, 1, 2), SUBSTRING(shop FROM 2), LEFT(shop, 1), RIGHT(shop, 1) FROM visit WHERE id = 1 @ No ord N d
          SELECT SUBSTR(shop, -2) FROM visit WHERE id = 1 @ rd
          SELECT INSTR(shop, 'r') FROM visit WHERE id = 1 @ 3
          SELECT ROUND(price) FROM visit WHERE id = 3 @ 4.00
          SELECT ROUND(price * 1.0 / 3, 2) FROM visit WHERE id = 2 @ 0.83000000000000
          SELECT amount / 4 FROM visit WHERE id = 1 @ 2
          SELECT amount % 4, MOD(amount, 4) FROM visit WHERE id = 1 @ 2 2
          SELECT 10 DIV 4 @ refused
          SELECT POWER(2, 3), POW(2, 3) @ 8.0 8.0
          SELECT MAX(amount, 20) FROM visit WHERE id = 1 @ 20
          SELECT MIN(amount, 20) FROM visit WHERE id = 1 @ 10
          SELECT RANDOM() IS NOT NULL @ true
          SELECT COUNT(*) FILTER (WHERE flag = 1) FROM visit @ 2
          SELECT string_agg(town, ',' ORDER BY town) FROM visit WHERE id < 3 @ Bonn,Oslo
          SELECT id FROM visit WHERE (shop, town) IN (('Nord', 'Oslo')) @ 1
          SELECT id FROM visit WHERE id BETWEEN 2 AND 3 ORDER BY id @ 2; 3
          SELECT shop AS s, COUNT(*) AS n FROM visit GROUP BY s HAVING n > 1 ORDER BY n DESC, s @ Nord 2; Süd 2
          SELECT shop s, amount * 2 AS twice FROM visit WHERE twice = 20 @ Nord 20
          SELECT COUNT(*) FROM visit WHERE day > '2024-01-31' @ 2
          SELECT COUNT(*) FROM visit WHERE day LIKE '2024%' @ 2
          SELECT COUNT(*) FROM visit WHERE said > DATE '2024-01-31' @ 2
          SELECT COUNT(*) FROM visit WHERE amount = '10' @ 1
          SELECT COUNT(*) FROM visit WHERE amount > '10' @ 2
          SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC) FROM visit WHERE id < 3 ORDER BY id @ 1 2; 2 1
          SELECT PRINTF('%.2f', price) FROM visit WHERE id = 1 @ refused
          SELECT COALESCE(NULL, shop) FROM visit WHERE id = 1 @ Nord
          SELECT TYPEOF(1) @ refused
          """)
  void meansWhatItMeansWhereItWasLearnt(String sql, String expected) {
    String wanted = expected == null ? "" : expected;
    for (String source : List.of("pg", "duck")) {
      String answer = answer(source, sql);
      // What has several meanings, or none here, is refused before a source sees it.
      assertThat(
              wanted.equals("refused") ? answer.substring(0, Math.min(7, answer.length())) : answer)
          .as("%s: %s", source, sql)
          .isEqualTo(wanted);
    }
  }
}
