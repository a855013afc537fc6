package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The answers that the driver's tests read, recorded in its resources: the server still gives them.
 * {@code -Dkurobe.golden=write} records them anew.
 */
@Timeout(60)
class WireRecordingsTest {
  private static final Path RECORDINGS =
      Path.of(System.getProperty("kurobe.root", ".."), "driver/src/test/resources/wire");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestGateway gateway;
  private static WireClient client;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    gateway = TestGateway.start(data);
    client = WireClient.open(gateway.port(), "recorded", "");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Path recording(String name) {
    return RECORDINGS.resolve(name);
  }

  private static byte[] recorded(String name, byte[] given) throws IOException {
    if (System.getProperty("kurobe.golden", "").equals("write")) {
      Files.createDirectories(RECORDINGS);
      Files.write(recording(name), given);
    }
    return Files.readAllBytes(recording(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"every-type", "several-batches", "empty", "compressed"})
  void resultsAreAsRecorded(String name) throws Exception {
    byte[] request = Files.readAllBytes(recording(name + ".json"));
    WireClient.Answer first = client.send("execute", "1", request);
    WireClient.Result given =
        client.rest(JSON.readTree(request).path("statement").asInt(), first, "{}");
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    given.pages().forEach(page -> stream.writeBytes(page.bytes()));

    byte[] bytes = recorded(name + ".arrow", stream.toByteArray());
    WireClient.Result recorded = WireClient.decoded(List.of(WireClient.page(bytes)));

    assertThat(given.schema().getFields()).isEqualTo(recorded.schema().getFields());
    assertThat(given.signature()).isEqualTo(recorded.signature());
    assertThat(given.rows()).isEqualTo(recorded.rows());
  }

  @Test
  void theRecordingsHaveEveryTypeAndSeveralBatches() throws Exception {
    WireClient.Page types = WireClient.page(Files.readAllBytes(recording("every-type.arrow")));
    assertThat(WireClient.decoded(List.of(types)).rows()).isEqualTo(EveryType.rows(10));
    WireClient.Page several =
        WireClient.page(Files.readAllBytes(recording("several-batches.arrow")));
    assertThat(several.batches()).isEqualTo(2);
    assertThat(WireClient.decoded(List.of(several)).rows())
        .hasSize(1_003)
        .last()
        .asList()
        .first()
        .isEqualTo(2L);
  }

  @Test
  void whatIsPreparedIsAsRecorded() throws Exception {
    WireClient.Answer answer =
        client.send("prepare", "1", Files.readAllBytes(recording("prepare.json")));
    byte[] recorded = recorded("prepared.json", answer.body());
    assertThat(answer.json()).isEqualTo(JSON.readTree(recorded));
  }

  @Test
  void anErrorIsAsRecorded() throws Exception {
    WireClient.Answer answer = client.execute(-3, "broken");
    String told = answer.text().replaceAll("q\\d{8}_\\d{6}_\\d{5}", "q20260101_000000_00001");
    byte[] recorded = recorded("error.json", told.getBytes(StandardCharsets.UTF_8));
    JsonNode tree = JSON.readTree(recorded);
    assertThat(JSON.readTree(told)).isEqualTo(tree);
    List<String> members = new ArrayList<>();
    tree.fieldNames().forEachRemaining(members::add);
    assertThat(members).containsExactly("code", "sqlState", "message");
  }
}
