package io.kurobe.examples.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's own JDBC adapter over the same sources, in a process of its own: a query of it that
 * takes too long, or all memory, can only be ended with the process. The next query starts another.
 */
final class CalcitePeer implements Peer {
  private final List<String> arguments;
  private final String heap;
  private final Path log;
  private final Duration limit;
  private @Nullable Process process;

  /**
   * A peer.
   *
   * @param arguments those of {@link CalciteProcess}
   */
  CalcitePeer(List<String> arguments, String heap, Path log, Duration limit) {
    this.arguments = List.copyOf(arguments);
    this.heap = heap;
    this.log = log;
    this.limit = limit;
  }

  @Override
  public String name() {
    return PeerKind.CALCITE.label();
  }

  @Override
  public Answer run(String sql) {
    var late = new AtomicBoolean();
    try {
      Process running = running();
      Thread alarm = new Thread(() -> endLate(running, late), "limit");
      alarm.setDaemon(true);
      alarm.start();
      try {
        var out = new DataOutputStream(new BufferedOutputStream(running.getOutputStream()));
        out.writeUTF(sql);
        out.flush();
        return read(new DataInputStream(new BufferedInputStream(running.getInputStream())));
      } finally {
        alarm.interrupt();
      }
    } catch (IOException e) {
      close();
      throw new PeerException(
          late.get()
              ? "took longer than " + limit.toSeconds() + " s"
              : "its process ended; see " + log);
    }
  }

  private void endLate(Process running, AtomicBoolean late) {
    try {
      TimeUnit.MILLISECONDS.sleep(limit.toMillis());
      late.set(true);
      running.destroyForcibly();
    } catch (InterruptedException e) {
      // It answered.
    }
  }

  private static Answer read(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      throw new PeerException(in.readUTF());
    }
    long nanos = in.readLong();
    int count = in.readInt();
    int columns = in.readInt();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int k = 0; k < columns; k++) {
        row.add(in.readBoolean() ? in.readUTF() : null);
      }
      rows.add(row);
    }
    return new Answer(nanos, rows);
  }

  private Process running() throws IOException {
    Process known = process;
    if (known != null && known.isAlive()) {
      return known;
    }
    List<String> command = new ArrayList<>(ServerProcess.java(heap));
    command.add(CalciteProcess.class.getName());
    command.addAll(arguments);
    Process started =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    return started;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }
}
