package io.kurobe.examples.bench;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.examples.bench.AskCatalog.Asked;
import io.kurobe.examples.local.Shutdown;
import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.pipeline.AgentQuestions;
import io.kurobe.nl2sql.retrieve.IndexLinker;
import io.kurobe.nl2sql.retrieve.LinkLimits;
import io.kurobe.nl2sql.retrieve.embed.BgeSmall;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.nl2sql.retrieve.index.CatalogTexts;
import io.kurobe.nl2sql.retrieve.index.IndexProgress;
import io.kurobe.nl2sql.retrieve.index.IndexedValues;
import io.kurobe.nl2sql.retrieve.index.SchemaIndex;
import io.kurobe.nl2sql.retrieve.index.Synonyms;
import io.kurobe.nl2sql.select.Agreement;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The benchmark {@code ask}: questions of a large catalog, without models and sources. */
final class AskBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int ASKED_AT_FIRST = 50;

  private final int tables;
  private final int questions;
  private final boolean embeddings;
  private final Path directory;
  private final PrintWriter out;
  private final Shutdown shutdown;

  AskBench(
      int tables,
      int questions,
      boolean embeddings,
      Path directory,
      PrintWriter out,
      Shutdown shutdown) {
    this.tables = tables;
    this.questions = questions;
    this.embeddings = embeddings;
    this.directory = directory;
    this.out = out;
    this.shutdown = shutdown;
  }

  boolean run() throws IOException {
    AskCatalog catalog = AskCatalog.of(tables);
    var support = new AskSupport(session(), catalog.metadata());
    empty(directory);
    SchemaIndex index =
        shutdown.add(
            new SchemaIndex(
                directory.resolve("names"),
                new CatalogTexts(Lexicon.english()),
                embeddings
                    ? Embeddings.of(() -> BgeSmall.load(directory.resolve("libraries")))
                    : Embeddings.off(),
                values(),
                Synonyms.NONE));
    var linker = new IndexLinker(index, support::catalog, LinkLimits.DEFAULT, Lexicon.english());
    var pipeline =
        new AgentQuestions(
            List.of(new Columns()),
            linker,
            new CandidateValidator(),
            new Agreement(),
            new OfflineQuestions());
    long began = System.nanoTime();
    index.update(support.catalog().version(), support::catalog);
    require(index.awaitNames(LONGEST));
    out.printf(
        "%,d tables and %,d columns: found by words after %.1f s%n",
        tables, catalog.columns(), since(began));
    List<Asked> asked = catalog.questions(ASKED_AT_FIRST + questions / 5 + questions);
    ask("while it is indexed", asked.subList(0, ASKED_AT_FIRST), pipeline, support);
    require(index.awaitComplete(LONGEST));
    IndexProgress done = index.progress();
    out.printf(
        "indexed after %.1f s, with %,d texts embedded; %,.1f MB on disk%n",
        since(began), done.embedded(), size(directory.resolve("names")) / 1e6);
    out.printf("  of a processor: %.1f s%n", indexing() / 1e9);
    int warm = ASKED_AT_FIRST + questions / 5;
    ask("to warm up", asked.subList(ASKED_AT_FIRST, warm), pipeline, support);
    ask("measured", asked.subList(warm, asked.size()), pipeline, support);
    return true;
  }

  /** Nanoseconds that the thread that indexes has taken of a processor. */
  private static long indexing() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().equals("kurobe-schema-index"))
        .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void require(boolean done) {
    if (!done) {
      throw new BenchException("the index was not built in time");
    }
  }

  private void ask(String when, List<Asked> asked, AgentQuestions pipeline, AskSupport support) {
    var whole = new Latencies();
    var processor = new Latencies();
    Map<String, Latencies> steps = new HashMap<>();
    int right = 0;
    for (Asked each : asked) {
      long began = System.nanoTime();
      long busy = THREADS.getCurrentThreadCpuTime();
      AskOutcome outcome =
          pipeline.ask(
              new Question(each.text(), List.of(), List.of(), Map.of()), session(), support);
      whole.record(System.nanoTime() - began);
      processor.record(THREADS.getCurrentThreadCpuTime() - busy);
      Map<String, Double> sums = new HashMap<>();
      for (AskOutcome.AskStep step : outcome.steps()) {
        sums.merge(step.agent(), step.ms() == null ? 0 : step.ms(), Double::sum);
      }
      sums.forEach(
          (agent, ms) ->
              steps.computeIfAbsent(agent, a -> new Latencies()).record((long) (ms * 1e6)));
      if (outcome instanceof AskOutcome.Answered answered
          && answered.query().sql().contains(each.table().table())) {
        right++;
      }
    }
    out.printf(
        "%s: %,d questions, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; %.0f %% found the table that"
            + " they are of%n",
        when,
        asked.size(),
        whole.percentile(50),
        whole.percentile(95),
        whole.percentile(99),
        100.0 * right / asked.size());
    // A question is answered by one thread: what it takes of a processor is the same under any
    // load.
    out.printf(
        "  of a processor: p50 %.1f ms, p95 %.1f ms%n",
        processor.percentile(50), processor.percentile(95));
    steps.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            step ->
                out.printf(
                    "  %s: p50 %.1f ms, p95 %.1f ms%n",
                    step.getKey(), step.getValue().percentile(50), step.getValue().percentile(95)));
    out.flush();
  }

  /** Proposes, in no time, what a model could: a query of each table of the precise schema. */
  private static final class Columns implements Generator {
    @Override
    public String name() {
      return "columns";
    }

    @Override
    public List<Proposal> propose(GenerationTask task) {
      MSchema precise = task.schema().get().precise();
      // What a prompt would hold is written, as a model would be told of both.
      long told =
          MSchemaForm.FEDERATED.write(precise).length()
              + MSchemaForm.FEDERATED.write(task.schema().get().fuller()).length();
      List<Proposal> proposals = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (MSchema.Table table : precise.tables()) {
        names.add(table.place().table());
      }
      for (MSchema.Table table : precise.tables().subList(0, Math.min(3, names.size()))) {
        MSchema.Place place = table.place();
        proposals.add(
            Proposal.of(
                name(),
                "SELECT COUNT(*) AS \"%s\", MIN(\"%s\") FROM \"%s\".\"%s\".\"%s\" WHERE \"%s\" IS NOT NULL"
                    .formatted(
                        String.join(" ", names),
                        table.fields().get(0).name(),
                        place.source(),
                        place.schema(),
                        place.table(),
                        table.fields().get(0).name()),
                told));
      }
      return proposals;
    }
  }

  private static IndexedValues values() {
    return new IndexedValues() {
      @Override
      public long version() {
        return 1;
      }

      @Override
      public Map<String, List<String>> of(TableName name, TableMetadata table) {
        Map<String, List<String>> values = new HashMap<>();
        for (TableMetadata.Column column : table.columns()) {
          if (column.type().isText()) {
            values.put(column.name(), AskCatalog.values(name, column.name()));
          }
        }
        return values;
      }
    };
  }

  private static Session session() {
    return new Session(
        "bench",
        new Principal("bench", Set.of()),
        ZoneId.of("UTC"),
        List.of(),
        Limits.DEFAULT,
        Map.of());
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(directory);
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(AskBench::length).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
