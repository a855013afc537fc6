package io.kurobe.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.calcite.avatica.DriverVersion;

/** The names and versions that the driver reports, as the build wrote them. */
final class DriverInfo {
  private final Properties values;

  private DriverInfo(Properties values) {
    this.values = values;
  }

  static DriverInfo load() {
    Properties values = new Properties();
    try (InputStream in = DriverInfo.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("the driver's jar lacks version.properties");
      }
      values.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DriverInfo(values);
  }

  String version() {
    return values.getProperty("driver.version");
  }

  DriverVersion toAvatica() {
    String[] parts = version().split("[.-]");
    int major = Integer.parseInt(parts[0]);
    int minor = Integer.parseInt(parts[1]);
    // The server is released with the driver, so until it says otherwise their versions are one.
    return new DriverVersion(
        values.getProperty("driver.name"),
        version(),
        values.getProperty("product.name"),
        version(),
        false,
        major,
        minor,
        major,
        minor);
  }
}
