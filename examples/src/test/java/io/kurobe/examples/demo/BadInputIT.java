package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every wrong statement is answered by a clear error, and the connection goes on. */
@ExtendWith(RunningDemo.Extension.class)
class BadInputIT {
  @Test
  void tellsWhereBrokenSqlBreaks(RunningDemo demo) throws SQLException {
    SQLException error = refused(demo, "SELECT name FRM shop.public.customers WHERE");
    assertThat(error.getSQLState()).isEqualTo("42601");
    assertThat(error.getMessage()).contains("line 1, column");
  }

  @Test
  void rejectsUnknownTableWithNearestName(RunningDemo demo) throws SQLException {
    SQLException error = refused(demo, "SELECT * FROM shop.public.custmers");
    assertThat(error.getSQLState()).isEqualTo("42P01");
    assertThat(error.getMessage()).contains("custmers").contains("customers");
  }

  @Test
  void rejectsUnknownColumnWithNearestName(RunningDemo demo) throws SQLException {
    SQLException error = refused(demo, "SELECT frist_name FROM shop.public.customers");
    assertThat(error.getSQLState()).isEqualTo("42703");
    assertThat(error.getMessage()).contains("frist_name").contains("first_name");
  }

  @Test
  void saysWhatOfAQuestionIsNotUnderstood(RunningDemo demo) throws SQLException {
    SQLException error = refused(demo, "ASK 'how tall is the average giraffe in Botswana'");
    assertThat(error.getSQLState()).startsWith("KA0");
    assertThat(error.getMessage()).containsIgnoringCase("giraffe");
  }

  @Test
  void refusesAnEmptyQuestion(RunningDemo demo) throws SQLException {
    assertThat(refused(demo, "ASK ''").getSQLState()).isEqualTo("KA001");
    assertThat(refused(demo, "ASK '   '").getSQLState()).isEqualTo("KA001");
  }

  @Test
  void refusesAnEmptyStatement(RunningDemo demo) throws SQLException {
    assertThat(refused(demo, "").getSQLState()).isEqualTo("42601");
    assertThat(refused(demo, " -- nothing").getSQLState()).isEqualTo("42601");
  }

  @Test
  void refusesAQuestionOfAHundredThousandCharacters(RunningDemo demo) throws SQLException {
    SQLException error = refused(demo, "ASK '" + "giraffe ".repeat(12_500) + "'");
    assertThat(error.getSQLState()).matches("KA0..|54000");
    assertThat(error.getMessage()).hasSizeLessThan(2_000);
  }

  @Test
  void answersAStatementOfAHundredThousandCharacters(RunningDemo demo) throws SQLException {
    SQLException error = refused(demo, "SELECT " + "x".repeat(100_000) + " FROM nowhere");
    assertThat(error.getMessage()).hasSizeLessThan(2_000);
    SQLException deep = refused(demo, "SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000));
    assertThat(deep.getSQLState()).matches("42601|54...");
  }

  @Test
  void answersBinaryBytesAtTheEndpoint(RunningDemo demo) throws Exception {
    byte[] bytes = new byte[4096];
    new Random(7).nextBytes(bytes);
    HttpClient client = HttpClient.newHttpClient();
    for (String type : new String[] {"application/json", "application/octet-stream", "image/png"}) {
      var request =
          HttpRequest.newBuilder(URI.create(demo.http()))
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", type)
              .POST(BodyPublishers.ofByteArray(bytes))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(type).isBetween(400, 599);
      assertThat(answer.body()).as(type).doesNotContain("\tat ").hasSizeLessThan(4_000);
    }
    try (Connection connection = demo.connect()) {
      requireUsable(connection);
    }
  }

  /** The error that a statement meets; the next statement on the connection works. */
  private static SQLException refused(RunningDemo demo, String sql) throws SQLException {
    try (Connection connection = demo.connect();
        Statement statement = connection.createStatement()) {
      SQLException error =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery(sql));
      assertThat((Throwable) error).as("the error").isNotNull();
      assertThat(error.getMessage()).doesNotContain("\tat ").doesNotContain("Exception");
      requireUsable(connection);
      return error;
    }
  }

  private static void requireUsable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("SELECT COUNT(*) FROM shop.public.countries")) {
      assertThat(results.next()).isTrue();
      assertThat(results.getInt(1)).isEqualTo(21);
    }
  }
}
