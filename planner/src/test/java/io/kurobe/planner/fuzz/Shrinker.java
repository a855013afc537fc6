package io.kurobe.planner.fuzz;

import io.kurobe.planner.fuzz.Choices.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a failing choice simpler for as long as it fails, taking the largest cuts first. */
final class Shrinker {
  private final Predicate<Shape> fails;
  private int attempts;

  /**
   * Makes a shrinker.
   *
   * @param attempts tries at most
   */
  Shrinker(Predicate<Shape> fails, int attempts) {
    this.fails = fails;
    this.attempts = attempts;
  }

  Shape shrink(Shape failing) {
    Shape smallest = failing;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Shape candidate : (Iterable<Shape>) simpler(smallest)::iterator) {
        if (candidate.weight() < smallest.weight() && attempts-- > 0 && fails.test(candidate)) {
          smallest = candidate;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static Stream<Shape> simpler(Shape shape) {
    Stream<Shape> whole = Stream.concat(Stream.of(Shape.EMPTY), shape.parts().stream());
    Stream<Shape> values = positions(shape.values()).flatMap(at -> lessAt(shape, at));
    Stream<Shape> inParts =
        positions(shape.parts())
            .flatMap(
                at ->
                    Stream.concat(
                        Stream.of(new Shape(shape.values(), without(shape.parts(), at))),
                        simpler(shape.parts().get(at))
                            .map(
                                part -> new Shape(shape.values(), with(shape.parts(), at, part)))));
    return Stream.concat(whole, Stream.concat(values, inParts));
  }

  private static Stream<Shape> lessAt(Shape shape, int at) {
    int value = shape.values().get(at);
    return Stream.of(0, value / 2, value - 1)
        .filter(less -> less >= 0 && less < value)
        .distinct()
        .map(less -> new Shape(with(shape.values(), at, less), shape.parts()));
  }

  private static Stream<Integer> positions(List<?> list) {
    return Stream.iterate(0, at -> at < list.size(), at -> at + 1);
  }

  private static <T> List<T> with(List<T> list, int at, T value) {
    List<T> changed = new ArrayList<>(list);
    changed.set(at, value);
    return changed;
  }

  private static <T> List<T> without(List<T> list, int at) {
    List<T> changed = new ArrayList<>(list);
    changed.remove(at);
    return changed;
  }
}
