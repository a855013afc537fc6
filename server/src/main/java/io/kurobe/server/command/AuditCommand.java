package io.kurobe.server.command;

import io.kurobe.server.audit.AuditKey;
import io.kurobe.server.audit.ChainCheck;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.store.AuditRecords;
import io.kurobe.server.store.StateStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code kurobe audit}: checks the audit, and writes it out; the gateway may run meanwhile. */
@CommandLine.Command(
    name = "audit",
    description = "Check the audit, or write it out.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Version.class,
    synopsisSubcommandLabel = "verify|export")
public final class AuditCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "verify or export?");
  }

  @CommandLine.Command(
      name = "verify",
      description = "Check that no record was changed or taken out; 1 if one was.",
      mixinStandardHelpOptions = true)
  int verify(
      @CommandLine.Mixin ConfigurationOption option,
      @CommandLine.Option(
              names = "--key",
              paramLabel = "FILE",
              description = "The public key, kept elsewhere (default: the one in server.data).")
          @Nullable Path keyFile) {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = option.read(spec.commandLine());
    Optional<PublicKey> given = Optional.ofNullable(keyFile).map(AuditCommand::key);
    boolean right = true;
    try (StateStore store = StateStore.open(configuration.server())) {
      AuditRecords records = store.auditRecords();
      List<String> chains = records.chains();
      if (chains.isEmpty()) {
        out.println("nothing was ever recorded");
      }
      for (String chain : chains) {
        PublicKey key =
            given.or(() -> own(configuration, chain)).orElseGet(() -> records.key(chain));
        ChainCheck.Result result = records.check(chain, key);
        out.printf(
            "%s: %d records, the last %d, signed up to %d: %s%n",
            chain,
            result.records(),
            result.last(),
            result.signedUpTo(),
            result.wrong().orElse("right"));
        right &= result.wrong().isEmpty();
      }
    }
    out.flush();
    return right ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** The key beside the state, if it is that chain's. */
  private static Optional<PublicKey> own(Configuration configuration, String chain) {
    Path file = configuration.server().data().resolve(AuditKey.PUBLIC_FILE);
    return Files.exists(file)
        ? Optional.of(key(file)).filter(key -> AuditKey.chain(key).equals(chain))
        : Optional.empty();
  }

  private static PublicKey key(Path file) {
    try {
      return AuditKey.readPublic(Files.readString(file));
    } catch (IOException e) {
      throw new io.kurobe.adapters.error.KurobeException(
          io.kurobe.adapters.error.ErrorCode.CONFIGURATION, file + " cannot be read", e);
    }
  }

  @CommandLine.Command(
      name = "export",
      description = "Write all records, a line of JSON each, in their order.",
      mixinStandardHelpOptions = true)
  int export(@CommandLine.Mixin ConfigurationOption option) {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = option.read(spec.commandLine());
    try (StateStore store = StateStore.open(configuration.server())) {
      AuditRecords records = store.auditRecords();
      for (String chain : records.chains()) {
        records.each(
            chain,
            record -> {
              String body = record.body();
              // The hash is over the body as it is without this.
              out.println(
                  body.substring(0, body.length() - 1) + ",\"hash\":\"" + record.hash() + "\"}");
            });
      }
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
