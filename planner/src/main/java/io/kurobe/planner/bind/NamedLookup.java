package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** Things by name: exact case first, then the only match that differs in case alone. */
final class NamedLookup<T> implements Lookup<T> {
  private final Map<String, T> exact;

  /** Made when a name is not found in its exact case, as most are. */
  private volatile @Nullable Map<String, List<String>> folded;

  NamedLookup(Map<String, T> things) {
    this.exact = things;
  }

  private Map<String, List<String>> folded() {
    Map<String, List<String>> made = folded;
    if (made == null) {
      made = new LinkedHashMap<>();
      for (String name : exact.keySet()) {
        made.computeIfAbsent(fold(name), key -> new ArrayList<>()).add(name);
      }
      folded = made;
    }
    return made;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable T get(String name) {
    return exact.get(name);
  }

  @Override
  public @Nullable Named<T> getIgnoreCase(String name) {
    T thing = exact.get(name);
    if (thing != null) {
      return new Named<>(name, thing);
    }
    List<String> names = folded().getOrDefault(fold(name), List.of());
    if (names.size() != 1) {
      return null;
    }
    String only = names.get(0);
    return new Named<>(only, exact.get(only));
  }

  /** The names that match regardless of case, where exact case did not settle it. */
  List<String> matches(String name) {
    return exact.containsKey(name) ? List.of(name) : folded().getOrDefault(fold(name), List.of());
  }

  @Override
  public Set<String> getNames(LikePattern pattern) {
    var matcher = pattern.matcher();
    Set<String> names = new LinkedHashSet<>();
    exact.keySet().stream().filter(matcher::apply).forEach(names::add);
    return names;
  }
}
