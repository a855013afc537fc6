package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kurobe.adapters.type.ArrowTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type over the columnar wire, with NULL and extremes, however rows fall into pages. */
@Timeout(120)
class WireTypesTest {
  private static final int BATCH = 1_000;

  @TempDir private Path data;
  private TestGateway gateway;
  private WireClient client;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(data);
    client = WireClient.open(gateway);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    gateway.awaitNothingOpen();
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 64, 999})
  void everyValueArrivesAsItIs(int rowsOfPage) throws Exception {
    int batches = rowsOfPage == 1 ? 0 : 2;
    int rest = 137;
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      expected.addAll(EveryType.rows(BATCH));
    }
    expected.addAll(EveryType.rows(rest));

    WireClient.Result result =
        client.read(
            -1, "'sql':'types " + (batches * BATCH + rest) + "'", "{'rows':" + rowsOfPage + "}");

    assertThat(result.rows()).hasSameSizeAs(expected);
    for (int row = 0; row < expected.size(); row++) {
      for (int i = 0; i < EveryType.COLUMNS.size(); i++) {
        assertThat(result.rows().get(row).get(i))
            .as("row %d, %s", row, EveryType.COLUMNS.get(i))
            .isEqualTo(expected.get(row).get(i));
      }
    }
    assertThat(result.pages())
        .allSatisfy(
            page ->
                assertThat(page.rows())
                    .isLessThanOrEqualTo(rowsOfPage == 0 ? Long.MAX_VALUE : rowsOfPage));
  }

  @Test
  void schemaAndSignatureSayTheTypes() throws Exception {
    WireClient.Result result = client.read(-1, "types 0");
    assertThat(result.rows()).isEmpty();
    assertThat(ArrowTypes.columns(result.schema())).isEqualTo(EveryType.COLUMNS);
    List<String> names = new ArrayList<>();
    for (JsonNode column : result.signature().path("columns")) {
      names.add(column.at("/type/name").asText() + " " + column.path("label").asText());
    }
    assertThat(names)
        .hasSize(EveryType.COLUMNS.size())
        .contains("NULL nothing", "CHAR fixed", "UUID uuid", "JSON json", "TIMESTAMP stamp");
    assertThat(result.signature().at("/columns/14/precision").asInt()).isEqualTo(6);
  }

  @Test
  void aPageHasTwoMebibytesAtMost() throws Exception {
    WireClient.Result result = client.read(-1, "wide 300 50000");
    assertThat(result.rows()).hasSize(300);
    assertThat(result.pages())
        .allSatisfy(page -> assertThat(page.vectors()).isLessThan((2 << 20) + 4_096L));
    assertThat(result.pages().get(0).vectors()).isGreaterThan(1 << 20);
  }

  @Test
  void aRowThatIsLargerThanAPageIsOne() throws Exception {
    WireClient.Result result = client.read(-1, "wide 3 3000000");
    assertThat(result.rows())
        .allSatisfy(row -> assertThat(String.valueOf(row.get(0))).hasSize(3_000_000));
    assertThat(result.pages()).filteredOn(page -> page.rows() > 0).hasSize(3);
  }
}
