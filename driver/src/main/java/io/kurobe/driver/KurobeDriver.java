package io.kurobe.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of {@code jdbc:kurobe:} URLs. It registers itself; threads may share it.
 *
 * <p>It does not extend Avatica's remote driver, whose class would register itself for Avatica's
 * URLs in every program that loads ours.
 */
public final class KurobeDriver extends UnregisteredDriver {
  static {
    new KurobeDriver().register();
  }

  /** A driver; {@link DriverManager} finds one of its own. */
  public KurobeDriver() {}

  @Override
  protected AvaticaFactory createFactory() {
    return new KurobeFactory();
  }

  @Override
  protected DriverVersion createDriverVersion() {
    return DriverInfo.load().toAvatica();
  }

  @Override
  protected String getConnectStringPrefix() {
    return ConnectionSettings.PREFIX;
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return new ServerMeta(connection);
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && url.startsWith(ConnectionSettings.PREFIX);
  }

  /**
   * Opens a connection.
   *
   * @return null for the URL of another driver
   * @throws SQLException 08001 if the URL is wrong or no server answers, 28000 if it refuses the
   *     user
   */
  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    ConnectionSettings settings =
        ConnectionSettings.parse(url, info == null ? new Properties() : info);
    KurobeConnection connection = new KurobeConnection(this, (KurobeFactory) factory, settings);
    connection.open();
    return connection;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    Properties given = info == null ? new Properties() : info;
    if (!acceptsURL(url)) {
      return new DriverPropertyInfo[0];
    }
    return ConnectionSettings.describe(url, given);
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("io.kurobe.driver");
  }

  String versionText() {
    return getDriverVersion().versionString;
  }
}
