package io.kurobe.examples.bench;

import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The benchmark {@code load}: many clients at once, and what is left when they are gone. */
final class LoadBench {
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);

  /** Whatever threads and connections keep for the next time has filled by a third of a soak. */
  private static final int EARLY = 3;

  private static final Duration TELLING = Duration.ofMinutes(6);
  private static final long END_SECONDS = 60;

  private final BenchOptions options;
  private final int clients;
  private final Duration duration;
  private final boolean mixed;
  private final PrintWriter out;
  private final Shutdown shutdown;

  LoadBench(
      BenchOptions options,
      int clients,
      Duration duration,
      boolean mixed,
      PrintWriter out,
      Shutdown shutdown) {
    this.options = options;
    this.clients = clients;
    this.duration = duration;
    this.mixed = mixed;
    this.out = out;
    this.shutdown = shutdown;
  }

  /** Runs it; whether nothing failed and nothing was left. */
  boolean run() throws SQLException, IOException {
    TpchSources sources = TpchSources.whole(options, out, shutdown);
    long orders = sources.orders();
    ServerProcess gateway = shutdown.add(sources.startGateway(options, Duration.ofMinutes(2)));
    var remains = new Remains(sources, gateway);
    Map<String, Long> before = remains.count();
    var tally = new LoadTally();
    GatewayMemory early = load(gateway, orders, tally);
    GatewayMemory late = GatewayMemory.of(gateway);
    var report = new LoadReport(out);
    report.times(tally, duration);
    report.failures(tally.failures());
    Map<String, Long> after = remains.await(before);
    report.remains(before, after);
    boolean steady = report.memory(early, late, duration.compareTo(TELLING) >= 0);
    return tally.failures().isEmpty() && Remains.areGone(after, before) && steady;
  }

  /**
   * Lets the clients ask, first without a clock.
   *
   * @return the gateway's memory after a third of the time
   */
  private GatewayMemory load(ServerProcess gateway, long orders, LoadTally tally)
      throws IOException {
    var stop = new AtomicBoolean();
    shutdown.add(() -> stop.set(true));
    Canceller canceller = shutdown.add(new Canceller());
    var random = new SplittableRandom(clients);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      var client =
          new LoadClient(gateway.url(), orders, mixed, random.split(), canceller, tally, stop);
      Thread thread = new Thread(client, "client " + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    try {
      Duration warmUp = least(LONGEST_WARM_UP, duration.dividedBy(6));
      TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
      tally.start();
      Duration first = duration.dividedBy(EARLY);
      TimeUnit.MILLISECONDS.sleep(first.toMillis());
      GatewayMemory early = GatewayMemory.of(gateway);
      TimeUnit.MILLISECONDS.sleep(duration.minus(first).toMillis());
      tally.stop();
      stop.set(true);
      end(threads, tally);
      return early;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static void end(List<Thread> threads, LoadTally tally) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    for (Thread thread : threads) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      if (thread.isAlive()) {
        tally.failed(thread.getName() + " had no answer for " + END_SECONDS + " s");
      }
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
