package io.kurobe.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.server.command.Kurobe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  }

  /** Runs a benchmark of little data, which those before it have loaded. */
  private void measures(String benchmark, String... arguments) {
    List<String> all = new ArrayList<>(List.of("bench", benchmark, "--scale", "0.01", "--cache"));
    all.add(directory.resolve("little").toString());
    all.addAll(List.of(arguments));
    assertThat(run(all.toArray(String[]::new))).as(() -> out + "\n" + err).isZero();
  }

  @Test
  void measuresHowFastRowsLeaveEachSource() {
    measures("scan", "--runs", "2");
    assertThat(out.toString()).contains("PostgreSQL, staged").contains("DuckDB file, staged");
  }

  @Test
  void measuresWhatIsAddedToOneRowAndPlanning() {
    measures("overhead", "--runs", "2");
    assertThat(out.toString())
        .contains("PostgreSQL, prepared")
        .contains("Kurobe, prepared")
        .contains("q22");
  }

  @Test
  void measuresTheWireBesideOthersThatReadTheSameCells() throws Exception {
    Path json = directory.resolve("wire.json");
    measures("wire", "--runs", "1", "--json", json.toString());
    JsonNode results = new ObjectMapper().readTree(Files.readString(json));
    assertThat(results.get("selectOne")).hasSize(9);
    for (JsonNode driver : results.get("selectOne")) {
      assertThat(driver.get("ms").asDouble()).as(driver.toString()).isPositive();
    }
    assertThat(results.get("orders")).hasSize(6);
    for (JsonNode driver : results.get("orders")) {
      assertThat(driver.get("rows").asLong()).as(driver.toString()).isEqualTo(15_000);
      assertThat(driver.get("toPgjdbc").asDouble()).as(driver.toString()).isPositive();
      assertThat(driver.get("equal").asBoolean()).as(driver.toString()).isTrue();
    }
  }

  @Test
  void streamsToAClientOfLittleMemoryAndToOneThatStalls() {
    measures("stream", "--rows", "20000", "--stall", "1");
    assertThat(out.toString())
        .containsPattern("postgres +30000 ")
        .containsPattern("duckdb +30000 ")
        .endsWith("equal\n");
  }

  @Test
  void findsNoErrorOfManyClientsAndNothingThatTheyLeave() {
    measures("load", "--clients", "4", "--duration", "3s", "--mixed");
    assertThat(out.toString())
        .containsPattern("point, both +[1-9]")
        .contains("no errors")
        .contains("statements at work: 0 left, 0 before")
        .contains("kurobe_connections: 0 left, 0 before")
        .doesNotContain("FAILED");
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
    assertThat(run("bench", "wire", "--against", "oracle")).isEqualTo(2);
    assertThat(run("bench", "wire", "--runs", "0")).isEqualTo(2);
    assertThat(run("bench", "stream", "--rows", "0")).isEqualTo(2);
    assertThat(run("bench", "stream", "--stall", "0")).isEqualTo(2);
    assertThat(run("bench", "load", "--clients", "0")).isEqualTo(2);
    assertThat(run("bench", "load", "--duration", "5")).isEqualTo(2);
    assertThat(run("bench", "load", "--duration", "5ms")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Which benchmark?")
        .contains("'oracle' is none of duckdb, postgres, trino, calcite")
        .contains("'oracle' is none of postgres, avatica, trino")
        .contains("there are q01 to q22, not q23")
        .contains("--scale is from 0.01 to 100: 0.0")
        .contains("'four' is none of split, three, one")
        .contains("--runs is from 1 to 1000: 0")
        .contains("--clients is from 1 to 500: 0")
        .contains("'5' is no time such as 60s or 10m")
        .contains("--duration is from 1s to 24h: 5ms")
        .contains("--rows is from 1 to 1000000000: 0")
        .contains("--stall is from 1 to 240: 0")
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
