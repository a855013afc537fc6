package io.kurobe.server.semantic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;

/** A layer while it is put together from another tool's, and what could not be taken over. */
public final class Layer {
  private final Map<String, Map<String, Object>> tables = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> metrics = new LinkedHashMap<>();
  private final List<String> instructions = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  Map<String, Object> table(String name) {
    return tables.computeIfAbsent(name, key -> new LinkedHashMap<>());
  }

  Map<String, Map<String, Object>> metrics() {
    return metrics;
  }

  List<String> instructions() {
    return instructions;
  }

  void column(String table, String column, Map<String, Object> said) {
    @SuppressWarnings("unchecked")
    Map<String, Object> columns =
        (Map<String, Object>)
            table(table).computeIfAbsent("columns", key -> new LinkedHashMap<String, Object>());
    if (!said.isEmpty()) {
      columns.put(column, said);
    }
  }

  void leave(String what) {
    left.add(what);
  }

  /** What could not be taken over, a sentence each. */
  public List<String> left() {
    return List.copyOf(left);
  }

  /** The layer as YAML. */
  public String yaml() {
    Map<String, Object> all = new LinkedHashMap<>();
    tables.values().forEach(table -> table.values().removeIf(value -> value.equals(Map.of())));
    if (!tables.isEmpty()) {
      all.put("tables", tables);
    }
    if (!metrics.isEmpty()) {
      all.put("metrics", metrics);
    }
    if (!instructions.isEmpty()) {
      all.put("instructions", instructions);
    }
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(120);
    return new org.yaml.snakeyaml.Yaml(options).dump(all);
  }
}
