package io.kurobe.planner.testing;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Views that are forgotten with the test. */
public final class InMemoryViews implements Views {
  private final Map<String, ViewDefinition> views = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  @Override
  public synchronized List<ViewDefinition> list() {
    return List.copyOf(views.values());
  }

  @Override
  public synchronized Optional<ViewDefinition> find(String name) {
    return Optional.ofNullable(views.get(name));
  }

  @Override
  public synchronized void create(ViewDefinition view, boolean replace) {
    if (!replace && views.containsKey(view.name())) {
      throw new KurobeException(
          ErrorCode.DUPLICATE_TABLE, "view " + view.name() + " exists already");
    }
    views.put(view.name(), view);
  }

  @Override
  public synchronized boolean drop(String name) {
    return views.remove(name) != null;
  }
}
