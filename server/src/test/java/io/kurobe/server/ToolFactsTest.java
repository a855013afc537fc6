package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code DatabaseMetaData} says of the SQL is what the gateway does with it. */
@Timeout(120)
class ToolFactsTest {
  private static final String NOW = "now";

  /** A call of every function over a row of i = 3, f = 0.5, and what comes of it. */
  private static final Map<String, Map.Entry<String, Object>> CALLS =
      new TreeMap<>(
          Map.ofEntries(
              call("ABS", "{fn ABS(i - 5)}", "2"),
              call("ACOS", "{fn ACOS(f)}", Math.acos(0.5)),
              call("ASIN", "{fn ASIN(f)}", Math.asin(0.5)),
              call("ATAN", "{fn ATAN(f)}", Math.atan(0.5)),
              call("ATAN2", "{fn ATAN2(f, i)}", Math.atan2(0.5, 3)),
              call("CEILING", "{fn CEILING(f)}", 1.0),
              call("COS", "{fn COS(f)}", Math.cos(0.5)),
              call("COT", "{fn COT(f)}", 1 / Math.tan(0.5)),
              call("DEGREES", "{fn DEGREES(f)}", Math.toDegrees(0.5)),
              call("EXP", "{fn EXP(f)}", Math.exp(0.5)),
              call("FLOOR", "{fn FLOOR(f)}", 0.0),
              call("LOG", "{fn LOG(f)}", Math.log(0.5)),
              call("LOG10", "{fn LOG10(f)}", Math.log10(0.5)),
              call("MOD", "{fn MOD(i, 2)}", "1"),
              call("PI", "{fn PI()} + 0 * f", Math.PI),
              call("POWER", "{fn POWER(i, 2)}", 9.0),
              call("RADIANS", "{fn RADIANS(f)}", Math.toRadians(0.5)),
              call("RAND", "CASE WHEN {fn RAND()} < 1 THEN i END", "3"),
              call("ROUND", "{fn ROUND(n, 1)}", 2.7),
              call("SIGN", "{fn SIGN(i)}", "1"),
              call("SIN", "{fn SIN(f)}", Math.sin(0.5)),
              call("SQRT", "{fn SQRT(f)}", Math.sqrt(0.5)),
              call("TAN", "{fn TAN(f)}", Math.tan(0.5)),
              call("TRUNCATE", "{fn TRUNCATE(n, 1)}", 2.6),
              call("ASCII", "{fn ASCII(s)}", "65"),
              call("CHAR", "{fn CHAR(i + 64)}", "C"),
              call("CHAR_LENGTH", "{fn CHAR_LENGTH(s)}", "4"),
              call("CHARACTER_LENGTH", "{fn CHARACTER_LENGTH(s)}", "4"),
              call("CONCAT", "{fn CONCAT(s, 'x')}", "Abücx"),
              call("INSERT", "{fn INSERT(s, 2, 2, 'yyy')}", "Ayyyc"),
              call("LCASE", "{fn LCASE(s)}", "abüc"),
              call("LEFT", "{fn LEFT(s, 2)}", "Ab"),
              call("LENGTH", "{fn LENGTH(s)}", "4"),
              call("LOCATE", "{fn LOCATE('c', s)}", "4"),
              call("LTRIM", "{fn LTRIM(padded)} || '|'", "x  |"),
              call("OCTET_LENGTH", "{fn OCTET_LENGTH(s)}", "5"),
              call("REPEAT", "{fn REPEAT(s, 2)}", "AbücAbüc"),
              call("REPLACE", "{fn REPLACE(s, 'b', '--')}", "A--üc"),
              call("RIGHT", "{fn RIGHT(s, 2)}", "üc"),
              call("RTRIM", "{fn RTRIM(padded)} || '|'", "  x|"),
              call("SPACE", "'|' || {fn SPACE(i)} || '|'", "|   |"),
              call("SUBSTRING", "{fn SUBSTRING(s, 2, 2)}", "bü"),
              call("UCASE", "{fn UCASE(s)}", "ABÜC"),
              call("DATABASE", "{fn DATABASE()}", "sales"),
              call("IFNULL", "{fn IFNULL(nothing, i)}", "3"),
              call("USER", "{fn USER()}", "ada"),
              call("CURDATE", "{fn CURDATE()}", NOW),
              call("CURRENT_DATE", "{fn CURRENT_DATE()}", NOW),
              call("CURRENT_TIME", "{fn CURRENT_TIME()}", NOW),
              call("CURRENT_TIMESTAMP", "{fn CURRENT_TIMESTAMP()}", NOW),
              call("CURTIME", "{fn CURTIME()}", NOW),
              call("DAYNAME", "{fn DAYNAME(d)}", "Saturday"),
              call("DAYOFMONTH", "{fn DAYOFMONTH(d)}", "3"),
              call("DAYOFWEEK", "{fn DAYOFWEEK(d)}", "7"),
              call("DAYOFYEAR", "{fn DAYOFYEAR(d)}", "34"),
              call("HOUR", "{fn HOUR(ts)}", "4"),
              call("MINUTE", "{fn MINUTE(ts)}", "5"),
              call("MONTH", "{fn MONTH(d)}", "2"),
              call("MONTHNAME", "{fn MONTHNAME(d)}", "February"),
              call("NOW", "{fn NOW()}", NOW),
              call("QUARTER", "{fn QUARTER(d)}", "1"),
              call("SECOND", "{fn SECOND(ts)}", "6"),
              call("TIMESTAMPADD", "{fn TIMESTAMPADD(SQL_TSI_MONTH, i, d)}", "2024-05-03"),
              call(
                  "TIMESTAMPDIFF",
                  "{fn TIMESTAMPDIFF(SQL_TSI_DAY, d, TIMESTAMP '2024-03-03 00:00:00')}",
                  "29"),
              call("WEEK", "{fn WEEK(d)}", "5"),
              call("YEAR", "{fn YEAR(d)}", "2024")));

  private static ConfiguredGateway gateway;
  private static Connection connection;
  private static DatabaseMetaData metadata;

  private static Map.Entry<String, Map.Entry<String, Object>> call(
      String name, String expression, Object result) {
    return Map.entry(name, Map.entry(expression, result));
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    String table =
        """
        CREATE TABLE facts (i int, f double precision, n decimal(10, 3), s varchar,
          padded varchar, d date, ts timestamp, nothing int);
        INSERT INTO facts VALUES (3, 0.5, 2.678, 'Abüc', '  x  ', '2024-02-03',
          '2024-02-03 04:05:06', NULL);
        """;
    PostgresServer.Database sales =
        PostgresServer.database(
            "tool_facts",
            table
                + """
                CREATE SCHEMA "Mixed Case";
                CREATE TABLE "Mixed Case"."Some ""Table" ("Some Column" int);
                INSERT INTO "Mixed Case"."Some ""Table" VALUES (7);
                """);
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      for (String sql : table.split(";\n")) {
        statement.execute(sql);
      }
    }
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              sales: {type: postgres, url: "%s", user: %s, schemas: [public, "Mixed Case"]}
              web: {type: duckdb, path: web.duckdb}
            """
                .formatted(sales.url(), sales.user()));
    connection = gateway.connect("/sales/public");
    metadata = connection.getMetaData();
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    gateway.close();
  }

  private static boolean runs(String sql) {
    try (Statement statement = connection.createStatement()) {
      rows(statement.executeQuery(sql));
      return true;
    } catch (SQLException e) {
      // A refusal, and no fault inside.
      assertThat(e.getSQLState()).as(sql).isNotEqualTo("XX000");
      return false;
    }
  }

  private static List<String> list(String names) {
    return List.of(names.split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales.public.facts",
        "web.main.facts",
        "(VALUES (3, 0.5e0, 2.678, 'Abüc', '  x  ', DATE '2024-02-03',"
            + " TIMESTAMP '2024-02-03 04:05:06', CAST(NULL AS INTEGER)))"
            + " facts(i, f, n, s, padded, d, ts, nothing)"
      })
  void everyFunctionOfTheListsRunsAsAnEscape(String table) throws SQLException {
    List<String> listed =
        Stream.of(
                metadata.getNumericFunctions(),
                metadata.getStringFunctions(),
                metadata.getSystemFunctions(),
                metadata.getTimeDateFunctions())
            .flatMap(names -> list(names).stream())
            .toList();
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(listed)).isEqualTo(CALLS.keySet());
    for (String name : listed) {
      Map.Entry<String, Object> call = CALLS.get(name);
      // Tools write the names as they like.
      String lower = call.getKey().replace("{fn " + name, "{ fn " + name.toLowerCase(ROOT));
      assertThat(lower).isNotEqualTo(call.getKey());
      answers(name, call.getKey(), call.getValue(), table);
      answers(name, lower, call.getValue(), table);
    }
  }

  private static void answers(String name, String escape, Object expected, String table)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT " + escape + " FROM " + table + " WHERE 1=1")) {
      assertThat(row.next()).as(name).isTrue();
      if (expected instanceof Double number) {
        assertThat(row.getDouble(1)).as(name).isCloseTo(number, within(1e-9));
      } else if (expected.equals(NOW)) {
        assertThat(row.getString(1)).as(name).matches("[0-9 :.+-]+");
      } else {
        assertThat(row.getString(1)).as(name).isEqualTo(expected);
      }
    }
  }

  @Test
  void stockClientsAndOursReadTheSameLists() throws SQLException {
    String address = gateway.url().substring("jdbc:kurobe://".length());
    try (Connection stock =
        DriverManager.getConnection("jdbc:avatica:remote:url=http://" + address + "/")) {
      DatabaseMetaData theirs = stock.getMetaData();
      assertThat(metadata.getNumericFunctions()).isEqualTo(theirs.getNumericFunctions());
      assertThat(metadata.getStringFunctions()).isEqualTo(theirs.getStringFunctions());
      assertThat(metadata.getSystemFunctions()).isEqualTo(theirs.getSystemFunctions());
      assertThat(metadata.getTimeDateFunctions()).isEqualTo(theirs.getTimeDateFunctions());
      assertThat(metadata.getSQLKeywords()).isEqualTo(theirs.getSQLKeywords());
    }
  }

  /** Whatever is reserved is a name in quotes only. */
  @Test
  void keywordsAreThoseThatTheParserKnows() throws SQLException {
    List<String> keywords = list(metadata.getSQLKeywords());
    assertThat(keywords).contains("ASK", "LIMIT", "OFFSET", "QUALIFY", "EXPLAIN").isSorted();
    assertThat(keywords).doesNotContain("SELECT", "WINDOW", "MERGE", "VALUE", "USER", "YEAR");
    List<String> names =
        List.of("ASK", "FORGET", "ILIKE", "KILL", "MSCHEMA", "REFRESH", "SHOW", "TEACH");
    for (String word : keywords) {
      assertThat(runs("SELECT \"" + word + "\" FROM (SELECT 1 AS \"" + word + "\") t")).isTrue();
      boolean free = runs("SELECT " + word + " FROM (SELECT 1 AS " + word + ") t");
      assertThat(free).as(word).isEqualTo(names.contains(word));
    }
  }

  @Test
  void namesHaveLettersDigitsAndTheExtraCharacters() throws SQLException {
    String extra = metadata.getExtraNameCharacters();
    assertThat(extra).isEqualTo("$");
    for (char c = '!'; c < 127; c++) {
      if (Character.isLetterOrDigit(c) || c == '_') {
        continue;
      }
      String name = "a" + c + "b";
      boolean isName;
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT 1 AS " + name)) {
        isName = row.getMetaData().getColumnLabel(1).equals(name);
      } catch (SQLException e) {
        isName = false;
      }
      assertThat(isName).as(name).isEqualTo(extra.indexOf(c) >= 0);
    }
  }

  @Test
  void namesMadeOfWhatMetadataSaysReachEveryTable() throws SQLException {
    String quote = metadata.getIdentifierQuoteString();
    assertThat(metadata.isCatalogAtStart()).isTrue();
    assertThat(quote).isEqualTo("\"");
    int tables = 0;
    try (ResultSet table = metadata.getTables(null, null, "%", null)) {
      while (table.next()) {
        String name =
            quoted(table.getString("TABLE_CAT"), quote)
                + metadata.getCatalogSeparator()
                + quoted(table.getString("TABLE_SCHEM"), quote)
                + "."
                + quoted(table.getString("TABLE_NAME"), quote);
        assertThat(runs("SELECT * FROM " + name)).as(name).isTrue();
        tables++;
      }
    }
    assertThat(tables).isEqualTo(3);
    String escape = metadata.getSearchStringEscape();
    assertThat(
            rows(metadata.getTables("sales", "Mixed" + escape + "_Case", "%", null), "TABLE_NAME"))
        .isEmpty();
    assertThat(rows(metadata.getTables("sales", "Mixed_Case", "%", null), "TABLE_NAME"))
        .containsExactly("Some \"Table");
  }

  private static String quoted(String name, String quote) {
    return quote + name.replace(quote, quote + quote) + quote;
  }

  @Test
  void namesKeepTheirCaseAndAreFoundWithoutIt() throws SQLException {
    assertThat(metadata.storesMixedCaseIdentifiers()).isTrue();
    assertThat(metadata.storesMixedCaseQuotedIdentifiers()).isTrue();
    assertThat(metadata.supportsMixedCaseIdentifiers()).isFalse();
    assertThat(metadata.supportsMixedCaseQuotedIdentifiers()).isFalse();
    assertThat(metadata.storesUpperCaseIdentifiers()).isFalse();
    assertThat(metadata.storesLowerCaseIdentifiers()).isFalse();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT I AS OneName, \"F\" FROM \"FACTS\"")) {
      assertThat(row.getMetaData().getColumnLabel(1)).isEqualTo("OneName");
      assertThat(row.next()).isTrue();
      assertThat(row.getInt("ONENAME")).isEqualTo(3);
    }
    assertThat(runs("SELECT \"some column\" FROM \"mixed case\".\"some \"\"table\"")).isTrue();
  }

  @Test
  void namesAreAsLongAsItSays() throws SQLException {
    String longest = "a".repeat(metadata.getMaxColumnNameLength());
    assertThat(runs("SELECT 1 AS " + longest)).isTrue();
    assertThat(runs("SELECT 1 AS " + longest + "a")).isFalse();
    String filled = "SELECT 1".concat(" ".repeat(metadata.getMaxStatementLength() - 8));
    assertThat(runs(filled)).isTrue();
    assertThat(runs(filled + " ")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "supportsColumnAliasing | SELECT i AS x FROM facts",
        "supportsTableCorrelationNames | SELECT x.i FROM facts AS x",
        "supportsExpressionsInOrderBy | SELECT i FROM facts ORDER BY i + f",
        "supportsOrderByUnrelated | SELECT i FROM facts ORDER BY d",
        "supportsGroupBy | SELECT s FROM facts GROUP BY s",
        "supportsGroupByUnrelated | SELECT COUNT(*) FROM facts GROUP BY s",
        "supportsGroupByBeyondSelect | SELECT s FROM facts GROUP BY s, d",
        "supportsLikeEscapeClause | SELECT s FROM facts WHERE s LIKE 'a!%' ESCAPE '!'",
        "supportsOuterJoins | SELECT a.i FROM facts a LEFT JOIN web.main.facts b ON a.i = b.i",
        "supportsFullOuterJoins | SELECT a.i FROM facts a FULL JOIN web.main.facts b ON a.i = b.i",
        "supportsLimitedOuterJoins | SELECT a.i FROM facts a RIGHT JOIN facts b ON a.i = b.i",
        "supportsSubqueriesInComparisons | SELECT i FROM facts WHERE i = (SELECT MAX(i) FROM"
            + " facts)",
        "supportsSubqueriesInExists | SELECT i FROM facts WHERE EXISTS (SELECT 1 FROM"
            + " web.main.facts)",
        "supportsSubqueriesInIns | SELECT i FROM facts WHERE i IN (SELECT i FROM web.main.facts)",
        "supportsSubqueriesInQuantifieds | SELECT i FROM facts WHERE i >= ALL (SELECT i FROM"
            + " facts)",
        "supportsCorrelatedSubqueries | SELECT i FROM facts a WHERE EXISTS (SELECT 1 FROM facts b"
            + " WHERE b.i = a.i)",
        "supportsUnion | SELECT i FROM facts UNION SELECT i FROM web.main.facts",
        "supportsUnionAll | SELECT i FROM facts UNION ALL SELECT i FROM web.main.facts",
        "supportsSchemasInDataManipulation | SELECT i FROM public.facts",
        "supportsCatalogsInDataManipulation | SELECT i FROM web.main.facts",
        "supportsSelectForUpdate | SELECT i FROM facts FOR UPDATE",
        "supportsStoredProcedures | {call x()}",
        "supportsAlterTableWithAddColumn | ALTER TABLE facts ADD COLUMN x int",
        "supportsAlterTableWithDropColumn | ALTER TABLE facts DROP COLUMN i",
        "supportsNonNullableColumns | CREATE TABLE x (i int NOT NULL)",
        "supportsPositionedUpdate | UPDATE facts SET i = 1 WHERE CURRENT OF c",
        "supportsPositionedDelete | DELETE FROM facts WHERE CURRENT OF c",
        "supportsSchemasInIndexDefinitions | CREATE INDEX x ON public.facts (i)",
        "supportsSchemasInPrivilegeDefinitions | GRANT SELECT ON public.facts TO ada",
      })
  void whatIsSupportedRunsAndWhatIsNotDoesNot(String flag, String sql) throws Exception {
    Object said = DatabaseMetaData.class.getMethod(flag).invoke(metadata);
    assertThat(runs(sql)).as(sql).isEqualTo(said);
  }

  /** There is no statement to make a table, but tools ask this to learn what names have. */
  @Test
  void namesOfTablesHaveCatalogsAndSchemas() throws SQLException {
    assertThat(metadata.supportsCatalogsInTableDefinitions()).isTrue();
    assertThat(metadata.supportsSchemasInTableDefinitions()).isTrue();
  }

  @Test
  void nullsComeLastAndSpreadAsItSays() throws SQLException {
    assertThat(metadata.nullsAreSortedHigh()).isTrue();
    try (Statement statement = connection.createStatement()) {
      String values = "(VALUES (1), (CAST(NULL AS INTEGER)), (2)) t(x)";
      assertThat(rows(statement.executeQuery("SELECT x FROM " + values + " ORDER BY x")))
          .containsExactly("1", "2", "null");
      assertThat(rows(statement.executeQuery("SELECT x FROM " + values + " ORDER BY x DESC")))
          .containsExactly("null", "2", "1");
      assertThat(metadata.nullPlusNonNullIsNull()).isTrue();
      assertThat(rows(statement.executeQuery("SELECT 'a' || CAST(NULL AS VARCHAR)")))
          .containsExactly("null");
    }
  }

  @Test
  void transactionsResultsAndKeysAreAsItSays() throws SQLException {
    assertThat(metadata.supportsTransactions()).isFalse();
    assertThat(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_NONE)).isTrue();
    assertThat(metadata.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_NONE);
    assertThat(metadata.supportsSavepoints()).isFalse();
    assertThat(metadata.supportsBatchUpdates()).isFalse();
    assertThat(metadata.supportsGetGeneratedKeys()).isFalse();
    assertThat(metadata.supportsMultipleResultSets()).isFalse();
    assertThat(metadata.supportsMultipleOpenResults()).isFalse();
    assertThat(metadata.isReadOnly()).isTrue();
    assertThat(metadata.supportsResultSetType(ResultSet.TYPE_FORWARD_ONLY)).isTrue();
    assertThat(metadata.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE)).isFalse();
    assertThat(metadata.getSQLStateType()).isEqualTo(DatabaseMetaData.sqlStateSQL);
    assertThat(metadata.getDatabaseProductName()).isEqualTo("Kurobe");
    assertThat(metadata.getDatabaseProductVersion())
        .startsWith(
            metadata.getDatabaseMajorVersion() + "." + metadata.getDatabaseMinorVersion() + ".");
  }
}
