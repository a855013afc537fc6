package io.kurobe.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementReaderTest {
  private static List<String> split(String script) throws IOException {
    var reader = new StatementReader(new StringReader(script));
    List<String> statements = new ArrayList<>();
    for (Optional<String> sql = reader.next(); sql.isPresent(); sql = reader.next()) {
      statements.add(sql.get());
    }
    return statements;
  }

  @Test
  void splitsAtSemicolons() throws IOException {
    assertThat(split("SELECT 1; SELECT 2")).containsExactly("SELECT 1", "SELECT 2");
    assertThat(split("SELECT 1;\n")).containsExactly("SELECT 1");
  }

  @Test
  void leavesSemicolonsInQuotesAlone() throws IOException {
    assertThat(split("ASK 'what''s; up?'; SELECT \"a;b\";"))
        .containsExactly("ASK 'what''s; up?'", "SELECT \"a;b\"");
  }

  @Test
  void leavesSemicolonsAndQuotesInCommentsAlone() throws IOException {
    assertThat(split("SELECT 1 -- it's; one\n+ 1; SELECT /* ' ; **/ 2;"))
        .containsExactly("SELECT 1 -- it's; one\n+ 1", "SELECT /* ' ; **/ 2");
  }

  @Test
  void tellsMinusAndDivisionFromComments() throws IOException {
    assertThat(split("SELECT 3-1; SELECT 4/2; SELECT 1 -")).hasSize(3);
  }

  @Test
  void passesOverWhatIsEmpty() throws IOException {
    assertThat(split(" ;; -- nothing\n; /* nor here */ ;")).isEmpty();
  }

  @Test
  void givesAnUnfinishedStatementToTheServerToRefuse() throws IOException {
    assertThat(split("SELECT 'open; ")).containsExactly("SELECT 'open;");
  }
}
