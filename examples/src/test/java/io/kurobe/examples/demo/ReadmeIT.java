package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what happens. */
@ExtendWith(RunningDemo.Extension.class)
class ReadmeIT {
  private static final String PROGRAM =
      "examples/src/main/java/io/kurobe/examples/client/AskOverJdbc.java";

  @Test
  void everyStatementRuns(RunningDemo demo) throws IOException, SQLException {
    List<String> statements = blocks("sql");
    assertThat(statements).hasSizeGreaterThan(5);
    try (Connection connection = demo.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        if (statement.execute(sql)) {
          try (ResultSet results = statement.getResultSet()) {
            assertThat(results.next()).as(sql).isTrue();
          }
        }
      }
    }
  }

  @Test
  void programIsTheOneInTheExamples() throws IOException {
    assertThat(blocks("java")).containsExactly(Project.read(PROGRAM));
  }

  @Test
  void programRunsWithTheDriverAlone(RunningDemo demo) throws Exception {
    assertAnswers(
        Project.java(
            "-cp",
            Project.DRIVER.toString(),
            Project.ROOT.resolve(PROGRAM).toString(),
            demo.url()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void programRunsWithTheStockAvaticaDriver(String encoding, RunningDemo demo) throws Exception {
    assertAnswers(
        Project.java(
            "-cp",
            Project.STOCK_DRIVER.toString(),
            Project.ROOT.resolve(PROGRAM).toString(),
            "jdbc:avatica:remote:url=" + demo.http() + ";serialization=" + encoding));
  }

  private static void assertAnswers(Project.Ended program) {
    assertThat(program.exitCode()).as(program.output()).isZero();
    assertThat(program.output())
        .containsPattern("ASK 'number of customers per country'\n(?s:.*)  Norway: \\d+\n")
        .containsPattern("LIKE 'S%'\n(  S\\w+: \\d+\n){3}SELECT")
        .containsPattern("GROUP BY s.device\n(?s:.*)  phone: \\d+\n");
  }

  @Test
  void configurationIsValid(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("kurobe.yaml"), blocks("yaml").get(0));
    var reader =
        new ConfigurationReader(
            Map.of("SALES_PASSWORD", "secret", "ANTHROPIC_API_KEY", "secret"),
            ServiceLoader.load(SourceFactory.class));
    assertThat(reader.read(file)).isInstanceOf(Configuration.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/decisions.md"})
  void linksLeadToFiles(String page) throws IOException {
    Matcher link = Pattern.compile("\\]\\((?!http)([^)#]+)").matcher(Project.read(page));
    Path directory = Project.ROOT.resolve(page).getParent();
    while (link.find()) {
      assertThat(directory.resolve(link.group(1))).exists();
    }
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Project.read("README.md"));
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }
}
