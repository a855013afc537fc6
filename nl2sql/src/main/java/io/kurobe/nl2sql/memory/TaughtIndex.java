package io.kurobe.nl2sql.memory;

import io.kurobe.planner.memory.TaughtPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Taught questions by their words, with holes for values: a question finds what it differs from
 * only in values by looking up each way to leave out one or two spans of it, so that its time does
 * not grow with how much is taught. Immutable; threads share it.
 */
final class TaughtIndex {
  private static final int LONGEST_VALUE = 6;
  private static final int MOST_WORDS = 60;
  private static final int MOST_WORDS_OF_TWO = 30;

  private final Map<String, List<TaughtPair>> exact = new HashMap<>();
  private final Map<String, List<Skeleton>> skeletons = new HashMap<>();
  private boolean withTwo;

  /**
   * What a question was found to be.
   *
   * @param values what stands in the holes, in order; empty if the question is the taught one
   * @param spans where they stand in the question's words: pairs of start and length
   */
  record Match(Skeleton skeleton, List<String> values, List<int[]> spans) {
    Match {
      values = List.copyOf(values);
      spans = List.copyOf(spans);
    }

    boolean isExact() {
      return values.isEmpty();
    }
  }

  TaughtIndex(List<TaughtPair> pairs) {
    for (TaughtPair pair : pairs) {
      Skeleton skeleton = Skeleton.of(pair);
      exact.computeIfAbsent(skeleton.words().joined(), key -> new ArrayList<>()).add(pair);
      if (!skeleton.slots().isEmpty()) {
        skeletons.computeIfAbsent(skeleton.key(), key -> new ArrayList<>()).add(skeleton);
        withTwo |= skeleton.slots().size() > 1;
      }
    }
  }

  /** The taught questions that a question is, but for values; those without difference first. */
  List<Match> find(String question) {
    Words words = Words.of(question);
    List<Match> found = new ArrayList<>();
    for (TaughtPair pair : exact.getOrDefault(words.joined(), List.of())) {
      found.add(new Match(new Skeleton(pair, words, List.of()), List.of(), List.of()));
    }
    if (skeletons.isEmpty() || words.size() > MOST_WORDS) {
      return found;
    }
    boolean two = withTwo && words.size() <= MOST_WORDS_OF_TWO;
    for (int i = 0; i < words.size(); i++) {
      for (int length = 1; length <= LONGEST_VALUE && i + length <= words.size(); length++) {
        int[] first = {i, length};
        collect(words, List.of(first), found);
        if (two) {
          second(words, first, found);
        }
      }
    }
    return found;
  }

  private void second(Words words, int[] first, List<Match> found) {
    for (int i = first[0] + first[1] + 1; i < words.size(); i++) {
      for (int length = 1; length <= LONGEST_VALUE && i + length <= words.size(); length++) {
        collect(words, List.of(first, new int[] {i, length}), found);
      }
    }
  }

  private void collect(Words words, List<int[]> spans, List<Match> found) {
    for (Skeleton skeleton : skeletons.getOrDefault(Skeleton.key(words, spans), List.of())) {
      List<String> values = spans.stream().map(span -> words.joined(span[0], span[1])).toList();
      found.add(new Match(skeleton, values, spans));
    }
  }
}
