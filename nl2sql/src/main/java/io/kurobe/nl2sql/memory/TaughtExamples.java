package io.kurobe.nl2sql.memory;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.generate.Example;
import io.kurobe.nl2sql.generate.ExampleSource;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.memory.TaughtPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What people taught as examples for prompts: the questions whose words, values left out, are most
 * like those of the one asked, as far as the asking user may run their queries.
 */
public final class TaughtExamples implements ExampleSource {
  /** How many are tried for each that is wanted, where rights leave some out. */
  private static final int TRIES = 4;

  private final Memory memory;
  private volatile Known known = new Known(List.of(), List.of());

  private record Known(List<TaughtPair> pairs, List<Entry> entries) {}

  private record Entry(TaughtPair pair, Set<String> words) {}

  private record Scored(TaughtPair pair, double likeness) {}

  public TaughtExamples(Memory memory) {
    this.memory = requireNonNull(memory, "memory is null");
  }

  @Override
  public List<Example> nearest(GenerationTask task, int most) {
    Set<String> asked = new HashSet<>(Words.of(task.question().text()).all());
    List<TaughtPair> nearest =
        entries().stream()
            .map(entry -> new Scored(entry.pair(), likeness(asked, entry.words())))
            .filter(scored -> scored.likeness() > 0)
            .sorted(Comparator.comparingDouble(Scored::likeness).reversed())
            .limit((long) most * TRIES)
            .map(Scored::pair)
            .toList();
    List<Example> examples = new ArrayList<>();
    for (TaughtPair pair : nearest) {
      if (examples.size() < most && mayRun(task, pair)) {
        examples.add(new Example(pair.question(), pair.sql()));
      }
    }
    return examples;
  }

  private static boolean mayRun(GenerationTask task, TaughtPair pair) {
    try {
      task.support().validate(task.support().parse(pair.sql()));
      return true;
    } catch (KurobeException e) {
      return false;
    }
  }

  /** The share of words that two questions have in common. */
  private static double likeness(Set<String> asked, Set<String> taught) {
    long both = taught.stream().filter(asked::contains).count();
    return both == 0 ? 0 : (double) both / (asked.size() + taught.size() - both);
  }

  private List<Entry> entries() {
    List<TaughtPair> pairs = memory.taught();
    Known now = known;
    if (now.pairs() != pairs) {
      now = new Known(pairs, pairs.stream().map(TaughtExamples::entry).toList());
      known = now;
    }
    return now.entries();
  }

  private static Entry entry(TaughtPair pair) {
    Skeleton skeleton = Skeleton.of(pair);
    Set<String> words = new HashSet<>();
    for (int i = 0; i < skeleton.words().size(); i++) {
      int place = i;
      boolean value =
          skeleton.slots().stream()
              .anyMatch(slot -> place >= slot.start() && place < slot.start() + slot.length());
      if (!value) {
        words.add(skeleton.words().all().get(i));
      }
    }
    return new Entry(pair, words);
  }
}
