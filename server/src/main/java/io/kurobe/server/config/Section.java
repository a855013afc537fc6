package io.kurobe.server.config;

import io.kurobe.adapters.error.NearestNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the file while it is read. The keys asked for are the keys known: whatever else is
 * there, {@link #finish} reports with the nearest of them.
 */
final class Section {
  private record Entry(Node key, Node value) {}

  private final String name;
  private final Node node;
  private final Problems problems;
  private final Placeholders placeholders;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  Section(String name, Node node, Problems problems, Placeholders placeholders) {
    this.name = name;
    this.node = node;
    this.problems = problems;
    this.placeholders = placeholders;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::enter);
    } else if (!isNull(node)) {
      problems.add(node, name + " must hold keys and values");
    }
  }

  private void enter(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(tuple.getKeyNode(), "a key of " + name + " must be a word");
      return;
    }
    Entry before = entries.putIfAbsent(key.getValue(), new Entry(key, tuple.getValueNode()));
    if (before != null) {
      problems.add(
          key,
          "'" + key.getValue() + "' is here twice; first in line " + Problems.line(before.key));
    }
  }

  /** Every key, for mappings whose keys are names. */
  Set<String> names() {
    known.addAll(entries.keySet());
    return Set.copyOf(entries.keySet()).isEmpty()
        ? Set.of()
        : new LinkedHashSet<>(entries.keySet());
  }

  /** The line of a key that is there. */
  int line(String key) {
    Entry entry = entries.get(key);
    return Problems.line(entry == null ? node : entry.key);
  }

  boolean has(String key) {
    known.add(key);
    Entry entry = entries.get(key);
    return entry != null && !isNull(entry.value);
  }

  void problem(String message) {
    problems.add(node, message);
  }

  void problem(String key, String message) {
    Entry entry = entries.get(key);
    problems.add(entry == null ? node : entry.key, message);
  }

  void problem(Node at, String message) {
    problems.add(at, message);
  }

  /** Whether a key is there with the word that YAML has for nothing. */
  boolean isNull(String key) {
    known.add(key);
    Entry entry = entries.get(key);
    return entry != null && isNull(entry.value) && written(key).equals("null");
  }

  /** Says that keys which mean something elsewhere mean nothing here. */
  void allow(Set<String> keys) {
    known.addAll(keys);
  }

  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    return scalar(key, entries.get(key).value);
  }

  /** The same, where the whole may be {@code ${secret:NAME}}, which is left as it is. */
  Optional<String> secretText(String key) {
    return has(key) && KeySettings.nameIn(written(key)).isPresent()
        ? Optional.of(written(key))
        : text(key);
  }

  String text(String key, String standard) {
    return text(key).orElse(standard);
  }

  /** A single value as it is written, for messages: a placeholder as such. */
  String written(String key) {
    return entries.get(key).value instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private Optional<String> scalar(String key, Node value) {
    if (value instanceof ScalarNode scalar) {
      return Optional.of(placeholders.resolve(value, scalar.getValue()));
    }
    problems.add(value, "'" + key + "' must be a single value");
    return Optional.empty();
  }

  /** A value of a form; what is not of it is reported, never with the text of a placeholder. */
  <T> T value(String key, T standard, String form, Function<String, Optional<T>> parser) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return standard;
    }
    Optional<T> parsed = parser.apply(text.get());
    if (parsed.isEmpty()) {
      problems.add(
          entries.get(key).value, "'" + key + "' must be " + form + ", not '" + written(key) + "'");
    }
    return parsed.orElse(standard);
  }

  int integer(String key, int standard, int least, int most) {
    return value(
        key,
        standard,
        "a whole number from " + least + " to " + most,
        text -> {
          try {
            int number = Integer.parseInt(text.strip());
            return number < least || number > most ? Optional.empty() : Optional.of(number);
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        });
  }

  Duration duration(String key, Duration standard) {
    return value(key, standard, "a duration such as 30s or 5m", Durations::parse);
  }

  Optional<DataSize> size(String key) {
    DataSize none = new DataSize(0);
    DataSize size = value(key, none, "a size such as 512MB or 4GB", DataSize::parse);
    return size.equals(none) ? Optional.empty() : Optional.of(size);
  }

  boolean flag(String key, boolean standard) {
    return oneOf(key, Map.of("true", true, "false", false), standard);
  }

  <E> E oneOf(String key, Map<String, E> choices, E standard) {
    String form = "one of " + String.join(", ", choices.keySet().stream().sorted().toList());
    return value(key, standard, form, text -> Optional.ofNullable(choices.get(text.strip())));
  }

  /** A list of texts; a single text counts as a list of one. */
  List<String> texts(String key) {
    return items(key).stream().flatMap(item -> scalar(key, item).stream()).toList();
  }

  /** The nodes of a list, for messages that name the line of one. */
  List<Node> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    Node value = entries.get(key).value;
    return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
  }

  Section section(String key) {
    known.add(key);
    Entry entry = entries.get(key);
    Node value = entry == null ? emptyAt(node) : entry.value;
    return new Section("'" + key + "'", value, problems, placeholders);
  }

  List<Section> sections(String key) {
    List<Section> result = new ArrayList<>();
    for (Node item : items(key)) {
      result.add(new Section("an entry of '" + key + "'", item, problems, placeholders));
    }
    return result;
  }

  /** Reports the keys nobody asked for. */
  void finish() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            String hint =
                NearestNames.of(key, known).stream()
                    .findFirst()
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElse("; known here: " + String.join(", ", known));
            problems.add(entry.key, "unknown key '" + key + "'" + hint);
          }
        });
  }

  private static Node emptyAt(Node node) {
    return new MappingNode(
        Tag.MAP,
        true,
        new ArrayList<>(),
        node.getStartMark(),
        node.getEndMark(),
        DumperOptions.FlowStyle.AUTO);
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }
}
