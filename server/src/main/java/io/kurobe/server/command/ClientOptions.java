package io.kurobe.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The options of every command that is a client of a gateway: where it is, who asks, how to print.
 */
final class ClientOptions {
  private static final String PREFIX = "jdbc:kurobe:";

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      defaultValue = "${env:KUROBE_URL:-jdbc:kurobe://localhost:8765}",
      description =
          "The gateway, jdbc:kurobe://host[:port][/source[/schema]][?property=value&...];"
              + " else $$KUROBE_URL, else jdbc:kurobe://localhost:8765.")
  private String url = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "${env:KUROBE_USER}",
      description = "The user; else $$KUROBE_USER.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:KUROBE_PASSWORD}",
      arity = "0..1",
      interactive = true,
      prompt = "Password: ",
      description = "The password; asked for if no value follows; else $$KUROBE_PASSWORD.")
  private char @Nullable [] password;

  @Option(
      names = "--api-key",
      arity = "0",
      interactive = true,
      prompt = "API key: ",
      description = "Ask for an API key, which takes the place of user and password.")
  private char @Nullable [] askedKey;

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "A file that holds an API key; else $$KUROBE_API_KEY.")
  private @Nullable Path keyFile;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Converter.class,
      description = "How rows are printed: table, csv or json (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  @SuppressWarnings("UnusedVariable") // Picocli sets it and looks at it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  OutputFormat format() {
    return format;
  }

  /** A new connection, which the caller closes. */
  Connection connect() throws SQLException {
    if (!url.startsWith(PREFIX)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--url is " + url + ", expected jdbc:kurobe://host[:port]");
    }
    var properties = new Properties();
    properties.setProperty("applicationName", "kurobe " + spec.name());
    Optional<String> key = key();
    if (key.isPresent()) {
      properties.setProperty("apiKey", key.get());
    } else {
      Optional.ofNullable(user).ifPresent(name -> properties.setProperty("user", name));
      Optional.ofNullable(password)
          .ifPresent(secret -> properties.setProperty("password", new String(secret)));
    }
    return DriverManager.getConnection(url, properties);
  }

  /** No option takes it as text, which whoever lists processes would see. */
  private Optional<String> key() {
    if (askedKey != null) {
      return Optional.of(new String(askedKey));
    }
    if (keyFile == null) {
      return Optional.ofNullable(System.getenv().get("KUROBE_API_KEY"))
          .filter(key -> !key.isBlank());
    }
    try {
      return Optional.of(Files.readString(keyFile).strip());
    } catch (IOException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "the API key's file " + keyFile + " cannot be read", e);
    }
  }
}
