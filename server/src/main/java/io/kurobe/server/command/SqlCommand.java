package io.kurobe.server.command;

import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * {@code kurobe sql}: runs statements from {@code -e}, then from {@code -f}, else from the standard
 * input, else from a prompt. A script stops at its first error.
 */
@CommandLine.Command(
    name = "sql",
    description = {
      "Run SQL on a gateway.",
      "Without -e and -f, statements are read from the standard input, at a terminal with a prompt."
    })
public final class SqlCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private ClientOptions client;

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "SQL",
      description = "Statements to run, separated by semicolons; may be given several times.")
  private List<String> statements = new ArrayList<>();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A script to run, in UTF-8; - is the standard input.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Connection connection = client.connect()) {
      StatementRunner runner = new StatementRunner(connection, client.format(), out, err);
      return run(runner, out) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (SQLException e) {
      StatementRunner.report(e, err);
      return CommandLine.ExitCode.SOFTWARE;
    } catch (NoSuchFileException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "no such file: " + file);
    } catch (MalformedInputException e) {
      err.println("kurobe: " + file + " is not text in UTF-8");
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    } catch (IOException e) {
      err.println("kurobe: cannot read the statements: " + e.getMessage());
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      out.flush();
    }
  }

  private boolean run(StatementRunner runner, PrintWriter out) throws IOException {
    for (String text : statements) {
      if (!script(runner, new StringReader(text))) {
        return false;
      }
    }
    if (file != null && !file.toString().equals("-")) {
      try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        return script(runner, in);
      }
    }
    if (file == null && !statements.isEmpty()) {
      return true;
    }
    Optional<Console> terminal = file == null ? Terminal.console() : Optional.empty();
    if (terminal.isPresent()) {
      new Prompt(terminal.get(), runner, out).run();
      return true;
    }
    return script(runner, new InputStreamReader(System.in, Charset.defaultCharset()));
  }

  private static boolean script(StatementRunner runner, Reader in) throws IOException {
    StatementReader reader = new StatementReader(in);
    for (Optional<String> sql = reader.next(); sql.isPresent(); sql = reader.next()) {
      if (!runner.run(sql.get())) {
        return false;
      }
    }
    return true;
  }
}
