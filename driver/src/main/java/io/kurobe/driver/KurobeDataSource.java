package io.kurobe.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DataSource} for one URL and one set of properties; immutable, so that threads and pools
 * may share it.
 */
public final class KurobeDataSource implements DataSource {
  private final KurobeDriver driver = new KurobeDriver();
  private final String url;
  private final Properties properties;

  /**
   * A data source.
   *
   * @param url {@code jdbc:kurobe://host[:port][/source[/schema]][?property=value&…]}
   * @throws IllegalArgumentException for the URL of another driver
   */
  public KurobeDataSource(String url) {
    this(url, new Properties());
  }

  /**
   * A data source with properties beside those in its URL, which win; both are copied.
   *
   * @throws IllegalArgumentException for the URL of another driver
   */
  public KurobeDataSource(String url, Properties properties) {
    if (!driver.acceptsURL(url)) {
      throw new IllegalArgumentException("not a jdbc:kurobe: URL");
    }
    this.url = url;
    this.properties = copy(properties);
  }

  private static Properties copy(Properties properties) {
    Properties copy = new Properties();
    properties.stringPropertyNames().forEach(k -> copy.setProperty(k, properties.getProperty(k)));
    return copy;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(properties);
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties given = copy(properties);
    if (user != null) {
      given.setProperty(DriverProperty.USER.key(), user);
    }
    if (password != null) {
      given.setProperty(DriverProperty.PASSWORD.key(), password);
    }
    return connect(given);
  }

  private Connection connect(Properties given) throws SQLException {
    Connection connection = driver.connect(url, given);
    if (connection == null) {
      throw SqlErrors.of(SqlErrors.CONNECTION_REFUSED, "not a jdbc:kurobe: URL");
    }
    return connection;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw SqlErrors.unsupported("a log writer (the driver logs to java.util.logging)");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw SqlErrors.unsupported("setLoginTimeout (connectTimeout in the URL is its place)");
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return ConnectionSettings.parse(url, properties)
        .connectTimeout()
        .map(timeout -> (int) timeout.toSeconds())
        .orElse(0);
  }

  @Override
  public Logger getParentLogger() {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw SqlErrors.of("HY000", "not a wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
