package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Properties;
import java.util.TreeMap;
import javax.sql.DataSource;
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

  /** As pools do that know the name of its class and of its properties. */
  @Test
  void isABeanThatPoolsMakeByItsName() throws Exception {
    try (var server = new AvaticaTestServer()) {
      Class<?> named = Class.forName("io.kurobe.driver.KurobeDataSource");
      Object bean = named.getConstructor().newInstance();
      var written = new TreeMap<String, Method>();
      for (var property : Introspector.getBeanInfo(named).getPropertyDescriptors()) {
        if (property.getWriteMethod() != null) {
          written.put(property.getName(), property.getWriteMethod());
        }
      }
      assertThat(written).containsKeys("url", "user", "password", "loginTimeout");
      written.get("url").invoke(bean, server.url());
      written.get("user").invoke(bean, "ada");
      written.get("password").invoke(bean, "secret");
      written.get("loginTimeout").invoke(bean, 7);
      DataSource source = (DataSource) bean;
      assertThat(source.getLoginTimeout()).isEqualTo(7);
      try (var connection = source.getConnection()) {
        assertThat(connection.getMetaData().getUserName()).isEqualTo("ada");
      }
      written.get("password").invoke(bean, "guess");
      assertThatThrownBy(source::getConnection)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
    }
  }

  @Test
  void saysThatItHasNoUrlAndRefusesATimeOutBelowZero() {
    var source = new KurobeDataSource();
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("has no URL");
    assertThatThrownBy(() -> source.setLoginTimeout(-1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> source.setUrl("jdbc:duckdb:"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTheUrlOfAnotherDriver() {
    assertThatThrownBy(() -> new KurobeDataSource("jdbc:duckdb:"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
