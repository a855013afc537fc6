package io.kurobe.planner.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.parser.StatementParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves with a question, and what comes back in the SQL. */
class ModelRedactionTest {
  private final Redaction redaction = ModelGate.CLOSED.redaction(text -> text.equals("Berlin"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "orders of ada@example.org since May | orders of <EMAIL_1> since May",
        "who called +49 30 901820? | who called <PHONE_1>?",
        "paid with 4111 1111 1111 1111 | paid with <CARD_1>",
        "transfers to DE89 3704 0044 0532 0130 00 | transfers to <IBAN_1>",
        "sessions from 192.168.17.4 and 2001:db8::1 | sessions from <IP_1> and <IP_2>",
        "the patient 123-45-6789 | the patient <NATIONAL_ID_1>",
        "orders of Ada Lovelace | orders of <PERSON_1>",
        "customers called 'Smith & Sons' | customers called '<TEXT_1>'",
        "shops in 'Berlin' and \"Rosenheim\" | shops in 'Berlin' and \"<TEXT_1>\"",
        "mail ada@example.org or bob@example.org, not ada@example.org"
            + " | mail <EMAIL_1> or <EMAIL_2>, not <EMAIL_1>",
        "the customers' orders over 1500 in 2024-05-01 | the customers' orders over 1500 in"
            + " 2024-05-01",
        "top 10 of version 2.1 at 12:30:00 | top 10 of version 2.1 at 12:30:00"
      })
  void takesPersonalValuesOutAndPutsThemBack(String question, String told) {
    assertThat(redaction.question(question)).isEqualTo(told);
    assertThat(redaction.restore(told)).isEqualTo(question);
  }

  @Test
  void writtenPlaceholdersComeBackAsTheyWereWritten() {
    String question = "mail <EMAIL_1> or <email_1> or ada@example.org";
    String told = redaction.question(question);
    assertThat(told).isEqualTo("mail <TEXT_1> or <TEXT_2> or <EMAIL_1>");
    assertThat(redaction.restore(told)).isEqualTo(question);
    assertThat(redaction.restoreSql("SELECT '<TEXT_1>', '<EMAIL_1>', '<EMAIL_2>'"))
        .isEqualTo("SELECT '<EMAIL_1>', 'ada@example.org', '<EMAIL_2>'");
  }

  @Test
  void whatTheQuestionHeldStaysOutOfAllThatFollows() {
    ModelText told =
        redaction
            .prompt()
            .instructions("Answer <EMAIL_9> in SQL. ")
            .question("orders of Ada Lovelace, ada@example.org")
            .data(" ERROR: nobody is called Ada Lovelace; bob@example.org is; see <EMAIL_1>")
            .seal();
    assertThat(told.text())
        .isEqualTo(
            "Answer <EMAIL_9> in SQL. orders of <PERSON_1>, <EMAIL_1>"
                + " ERROR: nobody is called <PERSON_1>; <EMAIL_2> is; see <TEXT_1>");
  }

  @Test
  void sqlGetsValuesAsLiteralsWhereverPlaceholdersStand() {
    redaction.question("customers called \u201cO'Hara\u201d or \"O'Hara; DROP\"");
    String sql =
        redaction.restoreSql(
            "SELECT \"<TEXT_1>\" FROM t WHERE a = <TEXT_2> AND b LIKE '%<TEXT_2>%'"
                + " -- <TEXT_2>\n AND c = U&'<TEXT_2>' /* <TEXT_2> */");
    assertThat(sql)
        .isEqualTo(
            "SELECT \"O'Hara\" FROM t WHERE a = 'O''Hara; DROP' AND b LIKE '%O''Hara; DROP%'"
                + " -- <TEXT_2>\n AND c = U&'O''Hara; DROP' /* <TEXT_2> */");
  }

  @Test
  void noValueEverEndsItsLiteral() {
    var random = new Random(11);
    String[] parts = {
      "'", "\"", "`", "\\", "--", "/*", "*/", ";", " OR 1=1 ", "x", "<TEXT_1>", "\u00e9", "''"
    };
    for (int i = 0; i < 500; i++) {
      var value = new StringBuilder("v");
      for (int part = random.nextInt(8); part >= 0; part--) {
        value.append(parts[random.nextInt(parts.length)]);
      }
      if (value.indexOf("\"") >= 0) {
        continue;
      }
      Redaction one = ModelGate.CLOSED.redaction(text -> false);
      String question = "orders of \"" + value + "\"";
      String told = one.question(question);
      assertThat(told).doesNotContain(value).startsWith("orders of \"<");
      assertThat(one.restore(told)).isEqualTo(question);
      String placeholder = told.substring("orders of \"".length(), told.length() - 1);
      for (String sql :
          List.of(
              "SELECT a FROM t WHERE a = '" + placeholder + "'",
              "SELECT a FROM t WHERE a = " + placeholder)) {
        assertThat(literals(one.restoreSql(sql))).as(sql).containsExactly(value.toString());
      }
    }
  }

  private static List<String> literals(String sql) {
    SqlNode query = ((Statement.Query) new StatementParser().parse(sql)).query();
    List<String> found = new ArrayList<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlLiteral literal) {
            if (literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.CHAR) {
              found.add(literal.getValueAs(String.class));
            }
            return null;
          }
        });
    return found;
  }
}
