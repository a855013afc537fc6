package io.kurobe.server.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into what was read from YAML, whatever it is. */
final class Yaml {
  private Yaml() {}

  static Optional<String> text(Map<?, ?> in, String key) {
    return Optional.ofNullable(in.get(key))
        .filter(value -> !(value instanceof Map) && !(value instanceof List))
        .map(value -> value.toString().strip())
        .filter(text -> !text.isEmpty());
  }

  static Map<?, ?> map(Map<?, ?> in, String key) {
    return in.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<Map<?, ?>> maps(Map<?, ?> in, String key) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (in.get(key) instanceof List<?> list) {
      for (@Nullable Object each : list) {
        if (each instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }

  static List<String> texts(Map<?, ?> in, String key) {
    List<String> texts = new ArrayList<>();
    if (in.get(key) instanceof List<?> list) {
      for (@Nullable Object each : list) {
        if (each != null) {
          texts.add(each.toString());
        }
      }
    }
    return texts;
  }

  /** Whether an expression is a column by itself. */
  static boolean isName(String expression) {
    return expression.matches("[\\p{L}_][\\p{L}\\p{N}_]*");
  }
}
