package io.kurobe.planner.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.plan.FederatedPlanner;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be enforced is refused when it is made, where it was written. */
class PolicyExpressionsTest {
  private static final TableName STAFF = new TableName("hr", "main", "staff");

  @TempDir static Path directory;

  private static Federation federation;
  private static PolicyExpressions policies;

  @BeforeAll
  static void openSource() throws SQLException {
    Path file = directory.resolve("hr.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE staff (id INTEGER, name VARCHAR, pay DECIMAL(10,2), born DATE)");
      statement.execute("CREATE TABLE other (id INTEGER)");
    }
    federation = Federation.of(List.of(SourceConfig.ofPath("hr", "duckdb", file.toString())));
    federation.query("SELECT COUNT(*) FROM staff");
    policies = ((FederatedPlanner) federation.planner()).policies();
  }

  @AfterAll
  static void closeSource() {
    federation.close();
  }

  @Test
  void takesConditionsOfOneRowAndItsReader() {
    for (String condition :
        List.of(
            "id = 1",
            "TRUE",
            "NULL",
            "name = CURRENT_USER OR has_role('boss')",
            "born < CURRENT_DATE AND UPPER(name) LIKE 'A%'",
            "id = CAST(claim('staff id') AS INTEGER)",
            "staff.pay > 10")) {
      assertThatCode(() -> policies.checkRowFilter(federation.session(), STAFF, condition))
          .as(condition)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void takesMasksOfTheColumnsType() {
    assertMask("name", "'***'");
    assertMask("name", "SUBSTRING(name, 1, 1) || '***'");
    assertMask("name", "CAST(id AS VARCHAR)");
    assertMask("name", "claim('name')");
    assertMask("pay", "NULL");
    assertMask("pay", "0");
    assertMask("born", "FLOOR(born TO YEAR)");
  }

  private static void assertMask(String column, String mask) {
    assertThatCode(() -> policies.checkMask(federation.session(), STAFF, column, mask))
        .as(mask)
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWhatIsNoConditionOverTheTable() {
    refuses("salary = 1", ErrorCode.UNKNOWN_COLUMN, 1);
    refuses("id = 1 AND salary = 1", ErrorCode.UNKNOWN_COLUMN, 12);
    refuses("other.id = 1", ErrorCode.UNKNOWN_TABLE, 1);
    refuses("id", ErrorCode.TYPE_MISMATCH, 1);
    refuses("id = ", ErrorCode.SYNTAX, 5);
    refuses("TRUE) OR (TRUE", ErrorCode.SYNTAX, 5);
    refuses("TRUE; DROP VIEW v", ErrorCode.SYNTAX, 5);
    refuses("nothing(id) = 1", ErrorCode.UNKNOWN_FUNCTION, 1);
  }

  @Test
  void refusesWhatIsMoreThanOneRowOrNotTheSameEachTime() {
    refuses("id IN (SELECT id FROM hr.main.other)", ErrorCode.NOT_SUPPORTED, 8);
    refuses("EXISTS (SELECT 1)", ErrorCode.NOT_SUPPORTED, 8);
    refuses("id = ?", ErrorCode.NOT_SUPPORTED, 6);
    refuses("RAND() < 0.5", ErrorCode.NOT_SUPPORTED, 1);
    refuses("ROW_NUMBER() OVER (ORDER BY id) = 1", ErrorCode.NOT_SUPPORTED, 1);
    refuses("has_role(name)", ErrorCode.INVALID_QUERY, 1);
    assertThatThrownBy(() -> policies.checkRowFilter(federation.session(), STAFF, "SUM(pay) > 1"))
        .isInstanceOf(KurobeException.class);
  }

  @Test
  void refusesMasksOfOtherTypesAndOfNoColumn() {
    assertThatThrownBy(() -> policies.checkMask(federation.session(), STAFF, "pay", "'***'"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
    assertThatThrownBy(() -> policies.checkMask(federation.session(), STAFF, "salary", "NULL"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN));
  }

  private static void refuses(String condition, ErrorCode code, int column) {
    assertThatThrownBy(() -> policies.checkRowFilter(federation.session(), STAFF, condition))
        .as(condition)
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
              assertThat(e.position()).isPresent();
              assertThat(Optional.of(e.position().get().column())).contains(column);
            });
  }
}
