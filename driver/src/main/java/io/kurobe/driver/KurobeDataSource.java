package io.kurobe.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DataSource} for one URL and one set of properties. Threads and pools may share it. It is
 * a bean with {@code url}, {@code user} and {@code password}, as pools and directories make one by
 * the name of its class (JDBC 4.3, section 9.4.1); what a connection is opened with is what was set
 * then.
 */
public final class KurobeDataSource implements DataSource {
  private final KurobeDriver driver = new KurobeDriver();
  private volatile @Nullable String url;
  private volatile Properties properties = new Properties();

  /** A data source whose URL is still to be set. */
  public KurobeDataSource() {}

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
    setUrl(url);
    this.properties = copy(properties);
  }

  /** The URL; null until it is set. */
  public @Nullable String getUrl() {
    return url;
  }

  /**
   * Sets the URL, with whatever properties.
   *
   * @throws IllegalArgumentException for the URL of another driver
   */
  public void setUrl(String url) {
    if (!driver.acceptsURL(url)) {
      throw new IllegalArgumentException("not a jdbc:kurobe: URL");
    }
    this.url = url;
  }

  /** The user that was set here; null if none was. */
  public @Nullable String getUser() {
    return properties.getProperty(DriverProperty.USER.key());
  }

  /** Sets the user; one in the URL wins. */
  public void setUser(@Nullable String user) {
    set(DriverProperty.USER, user);
  }

  /** Sets the password; one in the URL wins. */
  public void setPassword(@Nullable String password) {
    set(DriverProperty.PASSWORD, password);
  }

  private synchronized void set(DriverProperty property, @Nullable String value) {
    Properties changed = copy(properties);
    if (value == null) {
      changed.remove(property.key());
    } else {
      changed.setProperty(property.key(), value);
    }
    properties = changed;
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
    Connection connection = driver.connect(toConnect(), given);
    if (connection == null) {
      throw SqlErrors.of(SqlErrors.CONNECTION_REFUSED, "not a jdbc:kurobe: URL");
    }
    return connection;
  }

  private String toConnect() throws SQLException {
    String set = url;
    if (set == null) {
      throw SqlErrors.of(
          SqlErrors.CONNECTION_REFUSED, "the data source has no URL; set url to jdbc:kurobe://…");
    }
    return set;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw SqlErrors.unsupported("a log writer (the driver logs to java.util.logging)");
  }

  /** Sets the property {@code connectTimeout}; one in the URL wins. */
  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    if (seconds < 0) {
      throw SqlErrors.of("22023", "the time-out is " + seconds + " s, expected 0 or more");
    }
    set(DriverProperty.CONNECT_TIMEOUT, Integer.toString(seconds));
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return ConnectionSettings.parse(toConnect(), properties)
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
