package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.nl2sql.offline.link.Meanings;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another language is a file: questions in German, over a shop whose names are German. */
class OtherLanguageTest {
  private static final CatalogText LADEN =
      CatalogText.of(
          """
          laden.public.stadt: id int key, name text, einwohner int
          laden.public.kunde: id int key, name text, stadt_id int -> stadt.id, geburtsdatum date
          laden.public.bestellung: id int key, kunde_id int -> kunde.id, betrag num, bestelldatum date, status text
          """);

  private static final String ROWS =
      """
      CREATE TABLE stadt (id int PRIMARY KEY, name text, einwohner int);
      CREATE TABLE kunde (id int PRIMARY KEY, name text, stadt_id int, geburtsdatum date);
      CREATE TABLE bestellung (id int PRIMARY KEY, kunde_id int, betrag numeric(12, 2), bestelldatum date, status text);
      INSERT INTO stadt VALUES (1, 'Berlin', 3700000), (2, 'Wien', 2000000), (3, 'Zürich', 430000);
      INSERT INTO kunde VALUES (1, 'Anna', 1, '1990-01-01'), (2, 'Bernd', 1, '1985-05-05'),
        (3, 'Clara', 2, '2000-02-02'), (4, 'Dora', 1, '1970-07-07');
      INSERT INTO bestellung VALUES (1, 1, 10, '2024-01-05', 'geliefert'), (2, 1, 20, '2024-03-05', 'storniert'),
        (3, 2, 30, '2024-05-05', 'geliefert'), (4, 2, 40, '2023-05-05', 'geliefert'),
        (5, 2, 50, '2023-06-05', 'geliefert'), (6, 3, 60, '2023-07-05', 'storniert');
      """;

  private static final OfflineQuestions ENGINE =
      new OfflineQuestions(
          Lexicon.read(
              "de.lexicon",
              Objects.requireNonNull(OtherLanguageTest.class.getResourceAsStream("de.lexicon"))),
          Meanings.NONE);

  private static Connection connection;
  private static StoredSupport support;

  @BeforeAll
  static void fill() throws SQLException {
    connection = PostgresServer.database("laden", ROWS).connect();
    support = new StoredSupport(LADEN.catalog(), connection);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Wie viele Kunden gibt es?                            | 4
          Welche Stadt hat die meisten Kunden?                 | Berlin
          Welche Stadt hat die wenigsten Kunden?               | Wien
          Zeige die Namen der Kunden aus Berlin                | Anna; Bernd; Dora
          Welche Kunden haben mehr als 2 Bestellungen?         | Bernd
          Welche Kunden haben mindestens zwei Bestellungen?    | Anna; Bernd
          Welche Kunden haben keine Bestellungen?              | Dora
          Wie viele Bestellungen gibt es pro Kunde?            | Anna, 2; Bernd, 3; Clara, 1
          Was ist der durchschnittliche Betrag der Bestellungen? | 35
          Wie hoch ist die Summe der Beträge im Jahr 2024?     | 60
          Welche Kunden haben mehr Bestellungen als Anna?      | Bernd
          Welche Kunden haben mehr Bestellungen als Anna und wohnen in Berlin? | Bernd
          Wer ist der älteste Kunde?                           | Dora
          Zeige Kunden, die mehr als 2 Bestellungen haben      | Bernd
          Welcher Anteil der Bestellungen wurde storniert?     | 33.3333333333333333
          Wie hoch ist der Betrag der drei größten Bestellungen? | 60; 50; 40
          Wie viele Bestellungen wurden nicht storniert?       | 4
          """)
  void answersQuestionsInAnotherLanguage(String question, String rows) throws SQLException {
    assertThat(rows(question)).containsExactlyInAnyOrder(rows.split("; "));
  }

  @Test
  void ordersInAnotherLanguage() throws SQLException {
    assertThat(rows("Nenne die Namen der Städte sortiert nach Einwohnern absteigend"))
        .containsExactly("Berlin", "Wien", "Zürich");
  }

  @Test
  void readsPeriodsInAnotherLanguage() {
    assertThat(sql("Wie viele Bestellungen gab es letzten Monat?"))
        .contains("FLOOR(CURRENT_DATE TO MONTH) - INTERVAL '1' MONTH");
  }

  @Test
  void doesNotUnderstandTheFirstLanguage() {
    AskOutcome outcome = outcome("how many customers are there");
    assertThat(outcome).isInstanceOf(AskOutcome.Refused.class);
    KurobeException reason = ((AskOutcome.Refused) outcome).reason();
    assertThat(reason).hasMessageContaining("customers");
  }

  private static AskOutcome outcome(String question) {
    return ENGINE.ask(new Question(question, List.of(), List.of(), Map.of()), Ask.SESSION, support);
  }

  private static String sql(String question) {
    AskOutcome outcome = outcome(question);
    if (outcome instanceof AskOutcome.Answered answered) {
      return answered.query().sql();
    }
    throw new AssertionError(outcome.steps().toString(), ((AskOutcome.Refused) outcome).reason());
  }

  private static List<String> rows(String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql(question))) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i).replaceAll("\\.0+$", ""));
        }
        rows.add(String.join(", ", row));
      }
      return rows;
    }
  }
}
