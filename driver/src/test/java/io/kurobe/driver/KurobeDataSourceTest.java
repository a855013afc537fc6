package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KurobeDataSourceTest {
  @Test
  void connectsWithItsOwnAndWithAnotherUser() throws SQLException {
    try (var server = new AvaticaTestServer()) {
      var properties = new Properties();
      properties.setProperty("user", "ada");
      properties.setProperty("password", "secret");
      var source = new KurobeDataSource(server.url() + "?connectTimeout=3", properties);
      properties.setProperty("user", "changed later");
      assertThat(source.getLoginTimeout()).isEqualTo(3);
      try (var connection = source.getConnection()) {
        assertThat(connection.getMetaData().getUserName()).isEqualTo("ada");
      }
      assertThatThrownBy(() -> source.getConnection("eve", "guess"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
    }
  }

  @Test
  void refusesTheUrlOfAnotherDriver() {
    assertThatThrownBy(() -> new KurobeDataSource("jdbc:duckdb:"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
