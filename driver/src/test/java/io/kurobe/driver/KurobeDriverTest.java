package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KurobeDriverTest {
  private final AvaticaTestServer server = new AvaticaTestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private static SQLException refusal(String url) {
    return catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url));
  }

  @Test
  void refusesUrlsOfOtherDrivers() throws SQLException {
    KurobeDriver driver = new KurobeDriver();
    assertThat(driver.acceptsURL("jdbc:kurobe://localhost")).isTrue();
    assertThat(driver.acceptsURL("jdbc:avatica:remote:url=http://localhost:1/")).isFalse();
    assertThat(driver.acceptsURL(null)).isFalse();
    assertThat(driver.connect("jdbc:postgresql://localhost/x", new Properties())).isNull();
    assertThat(driver.getPropertyInfo("jdbc:postgresql://localhost/x", new Properties())).isEmpty();
  }

  @Test
  void describesEveryProperty() throws SQLException {
    var infos =
        new KurobeDriver()
            .getPropertyInfo("jdbc:kurobe://h/sales?fetchSize=7&apiKey=x", new Properties());
    assertThat(infos)
        .extracting(info -> info.name)
        .containsExactlyElementsOf(DriverProperty.keys());
    assertThat(infos).extracting(info -> info.description).doesNotContainNull();
    assertThat(infos)
        .filteredOn(info -> info.name.equals("fetchSize"))
        .extracting(info -> info.value)
        .containsExactly("7");
    assertThat(infos)
        .filteredOn(info -> List.of("password", "apiKey", "token").contains(info.name))
        .extracting(info -> info.value)
        .containsOnlyNulls();
  }

  @Test
  void opensWithWhatTheUrlSays() throws SQLException {
    String url = server.url() + "/sales/public?timeZone=Europe/Zurich&applicationName=a%20b";
    try (var connection = DriverManager.getConnection(url, "ada", "secret")) {
      assertThat(server.meta.connections.values())
          .containsExactly(
              java.util.Map.of(
                  "user", "ada",
                  "catalog", "sales",
                  "schema", "public",
                  "timeZone", "Europe/Zurich",
                  "applicationName", "a b"));
      assertThat(connection.getMetaData().getURL())
          .doesNotContain("timeZone")
          .endsWith("/sales/public");
      assertThat(connection.getMetaData().getUserName()).isEqualTo("ada");
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Kurobe");
      assertThat(connection.getMetaData().getDriverVersion()).matches("\\d+\\.\\d+\\.\\d+");
    }
    assertThat(server.meta.connections).isEmpty();
    assertThat(server.requests).noneMatch(request -> request.contains("secret"));
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    SQLException e = refusal("jdbc:kurobe://localhost:" + port);
    assertThat(e.getSQLState()).isEqualTo("08001");
    assertThat(e.getMessage())
        .isEqualTo("localhost:" + port + " refused the connection; is the server running?");
  }

  @Test
  void reportsAnUnknownHost() {
    SQLException e = refusal("jdbc:kurobe://no-such-host.invalid");
    assertThat(e.getSQLState()).isEqualTo("08001");
    assertThat(e.getMessage()).isEqualTo("unknown host: no-such-host.invalid");
  }

  @Test
  void reportsAWrongPassword() {
    SQLException e = refusal(server.url() + "?user=ada&password=wrong");
    assertThat(e.getSQLState()).isEqualTo("28000");
    assertThat(e.getMessage()).doesNotContain("wrong");
  }

  @Test
  void takesOneProofAlone() {
    SQLException e = refusal(server.url() + "?apiKey=kb_hidden&token=a.b.c");
    assertThat(e.getSQLState()).isEqualTo("08001");
    assertThat(e.getMessage()).isEqualTo("give one of password, apiKey and token");
    assertThat(refusal(server.url() + "?apiKey=kb_hidden").getSQLState()).isEqualTo("28000");
    assertThat(refusal(server.url() + "?token=a.b.c").getSQLState()).isEqualTo("28000");
  }

  @Test
  void reportsAServerThatIsSilent() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      SQLException e =
          refusal("jdbc:kurobe://localhost:" + silent.getLocalPort() + "?connectTimeout=1");
      assertThat(e.getSQLState()).isEqualTo("08001");
    }
  }
}
