package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the columnar wire that are compressed have the rows of those that are not. */
@Timeout(60)
class WireCompressionTest {
  private static final String COMPRESSED = "{'compression':['zstd','lz4']}";

  private TestGateway gateway;

  @BeforeEach
  void start(@TempDir Path data) {
    gateway = TestGateway.start(data);
  }

  @AfterEach
  void stop() throws InterruptedException {
    gateway.awaitNothingOpen();
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"types 10", "types 5000", "rows 100000", "types 0", "rows 1"})
  void compressedPagesHaveTheSameRows(String sql) throws Exception {
    WireClient client = WireClient.open(gateway);
    String text = "'sql':'" + sql + "'";
    WireClient.Result plain = client.read(-1, text, "{}");
    WireClient.Result compressed = client.read(-2, text, COMPRESSED);
    assertThat(compressed.rows()).isEqualTo(plain.rows());
    assertThat(compressed.signature()).isEqualTo(plain.signature());
    client.close();
  }

  @Test
  void pagesBecomeSmallerWhereThatIsWorthIt() throws Exception {
    WireClient client = WireClient.open(gateway);
    assertThat(vectors(client.read(-1, "'sql':'rows 100000'", COMPRESSED)))
        .isLessThan(vectors(client.read(-2, "'sql':'rows 100000'", "{}")) * 3 / 4);
    // These fit in a packet.
    assertThat(vectors(client.read(-3, "'sql':'rows 5'", COMPRESSED)))
        .isEqualTo(vectors(client.read(-4, "'sql':'rows 5'", "{}")));
    client.close();
  }

  private static long vectors(WireClient.Result result) {
    return result.pages().stream().mapToLong(WireClient.Page::vectors).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "['zstd']", "['LZ4']", "[null]"})
  void whoNamesNoCodecOfOursGetsPagesAsTheyAre(String codecs) throws Exception {
    WireClient client = WireClient.open(gateway);
    WireClient.Result plain = client.read(-1, "'sql':'rows 3000'", "{}");
    WireClient.Result given =
        client.read(-2, "'sql':'rows 3000'", "{'compression':" + codecs + "}");
    assertThat(vectors(given)).isEqualTo(vectors(plain));
    client.close();
  }

  @Test
  void theDriverAsksForItWhereItIsToldTo() throws Exception {
    try (TappedGateway tapped = TappedGateway.before(gateway.port())) {
      List<List<String>> read = new ArrayList<>();
      List<Long> bytes = new ArrayList<>();
      for (String compression : List.of("lz4", "none", "auto")) {
        try (Connection connection =
            DriverManager.getConnection(tapped.url() + "?compression=" + compression)) {
          List<TappedGateway.Exchange> exchanges =
              tapped.exchangesOf(() -> read.add(values(connection, "types 5000")));
          bytes.add(exchanges.stream().mapToLong(e -> e.answer().body().length).sum());
          assertThat(exchanges)
              .allSatisfy(
                  exchange ->
                      assertThat(exchange.text().contains("\"compression\":[\"lz4\"]"))
                          .isEqualTo(compression.equals("lz4")));
        }
      }
      assertThat(read.get(0)).hasSizeGreaterThan(5_000).isEqualTo(read.get(1));
      assertThat(bytes.get(0)).isLessThan(bytes.get(1) * 3 / 4);
      // The server is on this machine.
      assertThat(bytes.get(2)).isEqualTo(bytes.get(1));
    }
  }

  private static List<String> values(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(rows.getString(i));
        }
      }
    }
    return values;
  }
}
