package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.WireClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many threads on the same few statements of the same connections: whatever they ask at once, each
 * answer is whole, and nothing stays open.
 */
@Timeout(120)
class WireCrowdTest {
  private static final int CONNECTIONS = 3;
  private static final int THREADS = 12;
  private static final int REQUESTS = 150;
  private static final Set<String> STATES = Set.of("57014", "08P01", "26000", "42703", "HV000");

  @TempDir private Path data;

  @Test
  void whateverIsAskedAtOnceNothingStaysOpen() throws Exception {
    TestGateway gateway = TestGateway.start(data);
    List<WireClient> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(WireClient.open(gateway));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      WireClient client = connections.get(i % CONNECTIONS);
      int seed = i;
      all.add(threads.submit(() -> ask(client, new Random(seed))));
    }
    for (Future<?> thread : all) {
      thread.get(100, TimeUnit.SECONDS);
    }
    threads.shutdown();
    for (WireClient connection : connections) {
      connection.close();
    }
    gateway.awaitNothingOpen();
    gateway.close();
  }

  private static Void ask(WireClient client, Random random) throws Exception {
    long offset = 0;
    for (int i = 0; i < REQUESTS; i++) {
      int statement = -1 - random.nextInt(3);
      String number = "'statement':" + statement;
      Answer answer =
          switch (random.nextInt(10)) {
            case 0 -> client.ask("cancel", number);
            case 1 -> client.ask("close", "'close':[" + statement + "]");
            case 2 -> client.ask("prepare", number + ",'sql':'rows 5000'");
            case 3 -> client.ask("execute", number + ",'parameters':[],'page':{'rows':300}");
            case 4, 5 ->
                client.ask(
                    "execute",
                    number + ",'sql':'" + sql(random) + "','page':{'rows':300},'close':[-3]");
            default -> client.fetch(statement, offset, "{'rows':500}");
          };
      if (answer.status() == 200) {
        long rows = answer.state().isEmpty() ? 0 : WireClient.page(answer.body()).rows();
        offset = answer.state().equals("more") ? random.nextInt(2) * (offset + rows) : 300;
      } else {
        assertThat(answer.sqlState()).as(answer.text()).isIn(STATES);
        offset = random.nextBoolean() ? 300 : 0;
      }
    }
    return null;
  }

  private static String sql(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "broken";
      case 1 -> "fails 1500";
      case 2 -> "types 700";
      case 3 -> "rows 299";
      default -> "rows 1000000";
    };
  }
}
