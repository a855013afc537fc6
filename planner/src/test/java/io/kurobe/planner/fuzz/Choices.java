package io.kurobe.planner.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choices a generator makes, drawn at random and recorded, or replayed from a record. A record
 * is a tree, so that one part can be made simpler while the others stay what they were; whatever a
 * record lacks is the choice 0, which every generator takes for the simplest.
 */
final class Choices {
  /** Recorded choices: those made directly, and those of the parts. */
  record Shape(List<Integer> values, List<Shape> parts) {
    static final Shape EMPTY = new Shape(List.of(), List.of());

    Shape {
      values = List.copyOf(values);
      parts = List.copyOf(parts);
    }

    /** How much is chosen at all: what shrinking makes less. */
    long weight() {
      return values.stream().mapToLong(value -> 1L + value).sum()
          + parts.stream().mapToLong(Shape::weight).sum();
    }
  }

  private final @Nullable SplittableRandom random;
  private final Shape replayed;
  private final List<Integer> values = new ArrayList<>();
  private final List<Choices> parts = new ArrayList<>();

  private Choices(@Nullable SplittableRandom random, Shape replayed) {
    this.random = random;
    this.replayed = replayed;
  }

  /** Choices of a seed; those of neighbouring seeds have nothing in common. */
  static Choices random(long seed) {
    return new Choices(new SplittableRandom(seed), Shape.EMPTY);
  }

  static Choices replay(Shape shape) {
    return new Choices(null, shape);
  }

  /** A choice of 0 to bound − 1. */
  int below(int bound) {
    int position = values.size();
    int value;
    if (random != null) {
      value = random.nextInt(bound);
    } else {
      value = position < replayed.values().size() ? replayed.values().get(position) : 0;
    }
    value = Math.min(value, bound - 1);
    values.add(value);
    return value;
  }

  /** True once in {@code times}. */
  boolean oneIn(int times) {
    return below(times) == times - 1;
  }

  <T> T of(List<T> options) {
    return options.get(below(options.size()));
  }

  /** Choices of a part, which can be replaced as one. */
  Choices part() {
    int position = parts.size();
    Shape shape = position < replayed.parts().size() ? replayed.parts().get(position) : Shape.EMPTY;
    Choices part = new Choices(random, shape);
    parts.add(part);
    return part;
  }

  /** What was chosen so far. */
  Shape shape() {
    return new Shape(values, parts.stream().map(Choices::shape).toList());
  }
}
