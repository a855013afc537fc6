package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of docs/semantic-layer.md do what the page says. */
class SemanticLayerDocsTest {
  private static final Pattern SAMPLE =
      Pattern.compile("```sql\n(ASK|SELECT|SHOW)(.*?)```\n```text\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  private static String page() throws IOException {
    Path docs = Path.of("docs/semantic-layer.md");
    return Files.readString(Files.exists(docs) ? docs : Path.of("..").resolve(docs));
  }

  private static String block(String page, String name) {
    Matcher matcher =
        Pattern.compile("<!-- " + name + " -->\n```\\w+\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  @Test
  void samplesGiveWhatTheyShow() throws IOException, SQLException {
    String page = page();
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("shop.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute(block(page, "setup"));
    }
    Files.writeString(directory.resolve("layer.yaml"), block(page, "layer"));
    int samples = 0;
    try (ConfiguredGateway gateway =
            ConfiguredGateway.start(directory, block(page, "configuration"));
        Connection connection = gateway.connect()) {
      Matcher matcher = SAMPLE.matcher(page);
      while (matcher.find()) {
        samples++;
        String sql = (matcher.group(1) + matcher.group(2)).strip();
        List<String> expected = new ArrayList<>(matcher.group(3).lines().toList());
        try (Statement statement = connection.createStatement()) {
          // Each question stands alone, as on the page.
          statement.execute("RESET CONVERSATION");
          assertThat(ConfiguredGateway.rows(statement.executeQuery(sql)))
              .as(sql)
              .containsExactlyInAnyOrderElementsOf(expected);
        }
      }
    }
    assertThat(samples).isGreaterThan(6);
  }
}
