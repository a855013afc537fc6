package io.kurobe.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.server.command.Kurobe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandIT {
  @TempDir static Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Kurobe.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void measuresTpchBesidePeersAndKeepsTheData() throws Exception {
    Path json = directory.resolve("tpch.json");
    String[] arguments = {
      "bench",
      "tpch",
      "--scale",
      "0.01",
      "--cache",
      directory.resolve("cache").toString(),
      "--against",
      "duckdb,calcite,postgres",
      "--queries",
      "q03,q11,q21",
      "--runs",
      "1",
      "--json",
      json.toString()
    };
    assertThat(run(arguments)).as(() -> out + "\n" + err).isZero();
    assertThat(out.toString()).contains("loading lineitem…").contains("q03").contains("equal");
    JsonNode results = new ObjectMapper().readTree(Files.readString(json));
    assertThat(results.get("queries")).hasSize(3);
    for (JsonNode query : results.get("queries")) {
      assertThat(query.get("equal").asBoolean()).as(query.toString()).isTrue();
      assertThat(query.get("ms").get("kurobe").asDouble()).isPositive();
      assertThat(query.get("ms").get("duckdb").asDouble()).isPositive();
      assertThat(query.get("ms").get("postgres").asDouble()).isPositive();
    }
    assertThat(results.get("sumMs").get("kurobe").asDouble()).isPositive();

    out.getBuffer().setLength(0);
    arguments[7] = "duckdb";
    arguments[9] = "q11";
    assertThat(run(arguments)).as(() -> out + "\n" + err).isZero();
    assertThat(out.toString()).doesNotContain("loading");

    String[] others = {"bench", "", "--scale", "0.01", "--cache", arguments[5], "--runs", "2"};
    for (String benchmark : List.of("scan", "overhead")) {
      out.getBuffer().setLength(0);
      others[1] = benchmark;
      assertThat(run(others)).as(() -> out + "\n" + err).isZero();
      assertThat(out.toString()).contains("PostgreSQL, ");
    }
    assertThat(out.toString()).contains("Kurobe, prepared").contains("q22");
  }

  @Test
  void refusesWhatItDoesNotKnowWithUsage() {
    assertThat(run("bench")).isEqualTo(2);
    assertThat(run("bench", "tpch", "--against", "oracle")).isEqualTo(2);
    assertThat(run("bench", "tpch", "--queries", "q23")).isEqualTo(2);
    assertThat(run("bench", "tpch", "--scale", "0")).isEqualTo(2);
    assertThat(run("bench", "tpch", "--placement", "four")).isEqualTo(2);
    assertThat(run("bench", "scan", "--runs", "0")).isEqualTo(2);
    assertThat(run("bench", "overhead", "--runs", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Which benchmark?")
        .contains("'oracle' is none of duckdb, postgres, trino, calcite")
        .contains("there are q01 to q22, not q23")
        .contains("--scale is from 0.01 to 100: 0.0")
        .contains("'four' is none of split, three, one")
        .contains("--runs is from 1 to 1000: 0")
        .contains("--runs is from 1 to 100000: 0");
  }

  @Test
  void saysWhatTrinoNeeds() {
    assertThat(
            run(
                "bench",
                "tpch",
                "--scale",
                "0.01",
                "--cache",
                directory.resolve("other").toString(),
                "--against",
                "trino",
                "--trino-server",
                directory.resolve("none").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("needs Trino's archive").contains("--trino-server");
  }

  @Test
  void leavesADirectoryOfOthersAlone() throws Exception {
    Path mine = Files.createDirectories(directory.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "…");
    assertThat(run("bench", "tpch", "--cache", mine.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("holds other files").contains("--cache");
  }
}
