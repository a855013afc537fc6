package io.kurobe.server;

import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A gateway that was started from a configuration's text, and connections to it by our driver. */
final class ConfiguredGateway implements AutoCloseable {
  private final Gateway gateway;

  private ConfiguredGateway(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Starts one on any free port, with its data beside the configuration. */
  static ConfiguredGateway start(Path directory, String yaml) {
    return startAs(directory, "server: {port: 0, data: state}\n" + yaml);
  }

  /** Starts one from the whole text of a configuration. */
  static ConfiguredGateway startAs(Path directory, String yaml) {
    Path file = directory.resolve("kurobe.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Configuration.Reading reading = ConfigurationReader.create().read(file);
    if (reading instanceof Configuration.Valid valid) {
      return new ConfiguredGateway(Gateway.start(valid.configuration()));
    }
    throw new IllegalArgumentException("the gateway's configuration is wrong: " + reading);
  }

  String url() {
    return gateway.url();
  }

  Connection connect() throws SQLException {
    return connect("");
  }

  /** A connection by the URL with more behind it, such as {@code /sales/public}. */
  Connection connect(String more) throws SQLException {
    return DriverManager.getConnection(gateway.url() + more, "ada", "");
  }

  /** All rows, each with its values as text, separated by blanks; closes the result. */
  static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (result) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : " ").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** The values of some columns of all rows, separated by blanks; closes the result. */
  static List<String> rows(ResultSet result, String... columns) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (result) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(result.getString(column));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
