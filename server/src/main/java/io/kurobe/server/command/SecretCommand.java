package io.kurobe.server.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.KeySettings;
import io.kurobe.server.secret.SecretBox;
import io.kurobe.server.secret.Secrets;
import io.kurobe.server.store.StateStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import picocli.CommandLine;

/** {@code kurobe secret}: what the configuration names by {@code ${secret:NAME}}. */
@CommandLine.Command(
    name = "secret",
    description = "Keep passwords of sources, encrypted.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Version.class,
    synopsisSubcommandLabel = "key|set|list|remove|rotate")
public final class SecretCommand implements Command {
  private static final int MOST_BYTES = 64 << 10;

  private final InputStream in;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public SecretCommand() {
    this(System.in);
  }

  SecretCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "key, set, list, remove or rotate?");
  }

  @CommandLine.Command(
      name = "key",
      description = "Write a new key into a file that is not there yet.",
      mixinStandardHelpOptions = true)
  int key(@CommandLine.Parameters(paramLabel = "FILE") Path file) {
    writeKey(file);
    return said("a new key is in " + file + "; without it no secret can be read");
  }

  @CommandLine.Command(
      name = "set",
      description = "Keep a secret, read from standard input.",
      mixinStandardHelpOptions = true)
  int set(
      @CommandLine.Parameters(paramLabel = "NAME") String name,
      @CommandLine.Mixin ConfigurationOption option) {
    if (!KeySettings.isName(name)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "a secret's name has letters, digits, _ . and - alone");
    }
    String secret = secret();
    return with(
        option,
        secrets -> {
          secrets.set(name, secret);
          return said("the secret " + name + " is kept; a gateway reads it when it starts");
        });
  }

  /** The closing line break is not part of it. */
  private String secret() {
    try {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
      if (text.isEmpty() || bytes.length == MOST_BYTES) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "the secret is read from standard input, which had none");
      }
      return text;
    } catch (IOException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "standard input could not be read", e);
    }
  }

  @CommandLine.Command(
      name = "list",
      description = "Show the names of the secrets that are kept.",
      mixinStandardHelpOptions = true)
  int list(@CommandLine.Mixin ConfigurationOption option) {
    return with(option, secrets -> said(String.join(System.lineSeparator(), secrets.names())));
  }

  @CommandLine.Command(
      name = "remove",
      description = "Forget a secret.",
      mixinStandardHelpOptions = true)
  int remove(
      @CommandLine.Parameters(paramLabel = "NAME") String name,
      @CommandLine.Mixin ConfigurationOption option) {
    return with(
        option,
        secrets -> {
          if (!secrets.remove(name)) {
            throw new KurobeException(ErrorCode.CONFIGURATION, "no secret " + name + " is kept");
          }
          return said("the secret " + name + " is forgotten");
        });
  }

  @CommandLine.Command(
      name = "rotate",
      description =
          "Encrypt all secrets with a new key, in a file that is made if it is not there.",
      mixinStandardHelpOptions = true)
  int rotate(
      @CommandLine.Option(names = "--new-key", paramLabel = "FILE", required = true) Path file,
      @CommandLine.Mixin ConfigurationOption option) {
    return with(
        option,
        secrets -> {
          if (!Files.exists(file)) {
            writeKey(file);
          }
          int count = secrets.rotate(SecretBox.of(read(file)));
          return said(count + " secrets are kept under the key in " + file + " from now on");
        });
  }

  private int with(ConfigurationOption option, Function<Secrets, Integer> work) {
    Configuration configuration = option.read(spec.commandLine());
    try (StateStore store = StateStore.open(configuration.server())) {
      return work.apply(new Secrets(store, configuration.key()));
    }
  }

  private static void writeKey(Path file) {
    try {
      boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      FileAttribute<?>[] mine =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      Files.createFile(file, mine);
      Files.writeString(file, SecretBox.newKey(), StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new KurobeException(ErrorCode.CONFIGURATION, file + " is there already", e);
    } catch (IOException e) {
      throw new KurobeException(ErrorCode.CONFIGURATION, file + " cannot be written", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new KurobeException(ErrorCode.CONFIGURATION, file + " cannot be read", e);
    }
  }

  private int said(String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(what);
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
