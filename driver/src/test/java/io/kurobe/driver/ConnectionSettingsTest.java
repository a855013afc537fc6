package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
  private static ConnectionSettings parse(String url) throws SQLException {
    return ConnectionSettings.parse(url, new Properties());
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:kurobe://db, db:8765, false",
    "jdbc:kurobe://db/, db:8765, false",
    "jdbc:kurobe://db:1/sales, db:1, false",
    "jdbc:kurobe://127.0.0.1:9/?tls=true, 127.0.0.1:9, true",
    "jdbc:kurobe://[::1], [::1]:8765, false",
    "jdbc:kurobe://[fe80::1]:99/x/y, [fe80::1]:99, false",
    "jdbc:kurobe://query_gateway, query_gateway:8765, false",
  })
  void findsTheServer(String url, String server, boolean tls) throws SQLException {
    assertThat(parse(url).address()).hasToString(server);
    assertThat(parse(url).tls()).isEqualTo(tls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nX: y", "[::1]x", "a<b", "[]", "a\tb"})
  void refusesWhatIsNoHost(String host) {
    assertThatThrownBy(() -> parse("jdbc:kurobe://" + host))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("not a host: ");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:kurobe://localhost, false",
    "jdbc:kurobe://127.0.0.5:1/sales, false",
    "jdbc:kurobe://[::1], false",
    "jdbc:kurobe://db.example.org, true",
    "jdbc:kurobe://10.0.0.1?compression=AUTO, true",
    "jdbc:kurobe://localhost?compression=lz4, true",
    "jdbc:kurobe://db?compression=none, false",
    "jdbc:kurobe://db?compression=, true",
  })
  void rowsComeCompressedOverANetworkUnlessItIsSaid(String url, boolean compressed)
      throws SQLException {
    assertThat(parse(url).compressed()).isEqualTo(compressed);
  }

  @Test
  void refusesACompressionThatThereIsNot() {
    assertThatThrownBy(() -> parse("jdbc:kurobe://db?compression=gzip"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("compression is gzip, expected auto, none or lz4");
  }

  @Test
  void theReadmeHasEveryProperty() throws IOException {
    Path readme = Path.of(System.getProperty("kurobe.root", ".."), "README.md");
    String table =
        Files.readAllLines(readme).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .collect(Collectors.joining());
    for (String key : DriverProperty.keys()) {
      assertThat(table).contains("`" + key + "`");
    }
  }

  @Test
  void readsSourceAndSchemaFromThePath() throws SQLException {
    assertThat(parse("jdbc:kurobe://h/my%20shop/a+b%C3%A9").session())
        .isEqualTo(Map.of("catalog", "my shop", "schema", "a+bé"));
  }

  @Test
  void letsTheUrlWinOverThePropertiesAndThePathOverBoth() throws SQLException {
    var properties = new Properties();
    properties.setProperty("schema", "old");
    properties.setProperty("fetchSize", "1");
    var settings = ConnectionSettings.parse("jdbc:kurobe://h/sales?fetchSize=2", properties);
    assertThat(settings.session()).isEqualTo(Map.of("catalog", "sales"));
    assertThat(settings.fetchSize()).isEqualTo(2);
  }

  @Test
  void neverSendsThePasswordInTheSession() throws SQLException {
    var settings = parse("jdbc:kurobe://h?user=a%26b&password=p%3Dq");
    assertThat(settings.session()).isEqualTo(Map.of("user", "a&b"));
    assertThat(settings.text(DriverProperty.PASSWORD)).contains("p=q");
    assertThat(settings.publicUrl()).isEqualTo("jdbc:kurobe://h:8765");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:kurobe:db | expected jdbc:kurobe://host",
        "jdbc:kurobe:///sales | names no host",
        "jdbc:kurobe://db:0 | the port is 0",
        "jdbc:kurobe://db:x | the port is x",
        "jdbc:kurobe://[::1 | closing bracket",
        "jdbc:kurobe://me@db | ?user=",
        "jdbc:kurobe://db/a/b/c | /source/schema",
        "jdbc:kurobe://db/%zz | percent-encoding",
        "jdbc:kurobe://db/%ff | percent-encoding",
        "jdbc:kurobe://db/%4 | percent-encoding",
        "jdbc:kurobe://db?user | has no value",
        "jdbc:kurobe://db?serchPath=a | did you mean searchPath?",
        "jdbc:kurobe://db?Pasword=a | did you mean password?",
        "jdbc:kurobe://db?httpclient_impl=java.lang.Runtime | unknown connection property",
        "jdbc:kurobe://db?factory=x.Y | unknown connection property",
        "jdbc:kurobe://db?fetchSize=-1 | rows from 0",
        "jdbc:kurobe://db?queryTimeout=-1 | seconds from 0",
        "jdbc:kurobe://db?queryTimeout=soon | whole number",
        "jdbc:kurobe://db?timeZone=Moon/Crater | timeZone is Moon/Crater",
        "jdbc:kurobe://db?tls=perhaps | true or false",
        "jdbc:kurobe://db?tlsCertificate=c.pem | tls is not true",
      })
  void refusesWithWhatIsWrong(String url, String message) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .hasMessageContaining(message);
  }

  @Test
  void refusesUnknownPropertiesGivenBesideTheUrl() {
    var properties = new Properties();
    properties.setProperty("httpclient_factory", "x");
    assertThatThrownBy(() -> ConnectionSettings.parse("jdbc:kurobe://h", properties))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("unknown connection property httpclient_factory");
  }
}
