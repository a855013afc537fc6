package io.kurobe.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Directories that are small disks of their own for one process and what it starts, by a file
 * system in memory that Linux mounts for that process alone. They are gone with it.
 */
final class TinyDisks {
  /** Mounts the directories before the first {@code --}, and becomes what comes after it. */
  private static final String MOUNT_AND_BECOME =
      "while [ \"$1\" != -- ]; do mount -t tmpfs -o size=\"$0\" tmpfs \"$1\" || exit 9; shift;"
          + " done; shift; exec \"$@\"";

  private TinyDisks() {}

  /**
   * What starts a command that finds such disks at directories. Where there can be none, which is
   * everywhere but on a Linux that lets its users have name spaces, the test is aborted and says
   * so.
   *
   * @param size as {@code 8m}
   */
  static List<String> launcher(String size, List<Path> directories)
      throws IOException, InterruptedException {
    List<String> launcher =
        new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c"));
    launcher.addAll(List.of(MOUNT_AND_BECOME, size));
    for (Path directory : directories) {
      launcher.add(Files.createDirectories(directory).toString());
    }
    launcher.add("--");
    requireThatItWorks(launcher);
    return launcher;
  }

  private static void requireThatItWorks(List<String> launcher) throws InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.add("true");
    String why;
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return;
      }
      why = said.strip();
    } catch (IOException e) {
      why = e.getMessage();
    }
    String message = "A full disk is NOT TESTED: no file system can be mounted here: " + why;
    System.err.println("*** " + message);
    Assumptions.abort(message);
  }

  /** A directory as a process sees it, disks of its own included. */
  static Path seenBy(Process process, Path directory) {
    return Path.of("/proc", Long.toString(process.pid()), "root", directory.toString());
  }

  /** Takes all that is free on a disk; gives the file to delete. */
  static Path fill(Path directory) throws IOException {
    Path file = directory.resolve("filler");
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (Files.getFileStore(directory).getUsableSpace() > 0) {
        out.write(page);
      }
    }
    return file;
  }
}
