package io.kurobe.server.semantic;

import static io.kurobe.server.semantic.Yaml.isName;
import static io.kurobe.server.semantic.Yaml.map;
import static io.kurobe.server.semantic.Yaml.maps;
import static io.kurobe.server.semantic.Yaml.text;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes over semantic models and metrics of dbt (the form of its MetricFlow: {@code
 * semantic_models}, {@code metrics}).
 */
final class DbtLayer {
  private static final Pattern REF = Pattern.compile("ref\\(\\s*['\"]([^'\"]+)['\"]");
  private static final Pattern DIMENSION =
      Pattern.compile("\\{\\{\\s*Dimension\\(\\s*['\"](?:\\w+__)?(\\w+)['\"]\\s*\\)\\s*}}");

  private final Layer layer = new Layer();
  private final String prefix;
  private final Map<String, Measure> measures = new HashMap<>();
  private final Map<String, String> tableOfMetric = new HashMap<>();

  private record Measure(String table, String expression) {}

  private DbtLayer(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Takes over a file.
   *
   * @param prefix source and schema of the models, with a dot at the end
   */
  static Layer of(Map<?, ?> file, String prefix) {
    var dbt = new DbtLayer(prefix);
    maps(file, "semantic_models").forEach(dbt::model);
    maps(file, "metrics").forEach(dbt::metric);
    return dbt.layer;
  }

  private void model(Map<?, ?> model) {
    String name = text(model, "name").orElse("");
    Matcher ref = REF.matcher(text(model, "model").orElse(""));
    String table = prefix + (ref.find() ? ref.group(1) : name);
    Map<String, Object> said = layer.table(table);
    text(model, "description").ifPresent(description -> said.put("description", description));
    Optional<String> time = text(map(model, "defaults"), "agg_time_dimension");
    for (Map<?, ?> dimension : maps(model, "dimensions")) {
      String of = text(dimension, "name").orElse("");
      String column = text(dimension, "expr").orElse(of);
      if (!isName(column)) {
        layer.leave("dimension " + of + " of " + name + " is computed: " + column);
        continue;
      }
      if (time.filter(of::equals).isPresent()) {
        said.put("time", column);
      }
      Map<String, Object> words = new LinkedHashMap<>();
      text(dimension, "description").ifPresent(d -> words.put("description", d));
      if (!of.equals(column)) {
        words.put("synonyms", java.util.List.of(of.replace('_', ' ')));
      }
      layer.column(table, column, words);
    }
    for (Map<?, ?> measure : maps(model, "measures")) {
      String of = text(measure, "name").orElse("");
      String expression = text(measure, "expr").orElse(of);
      String aggregate = text(measure, "agg").orElse("");
      aggregated(aggregate, expression)
          .ifPresentOrElse(
              sql -> measures.put(of, new Measure(table, sql)),
              () -> layer.leave("measure " + of + " is aggregated by " + aggregate));
    }
  }

  private static Optional<String> aggregated(String aggregate, String expression) {
    return switch (aggregate) {
      case "sum" -> Optional.of("SUM(" + expression + ")");
      case "average", "avg" -> Optional.of("AVG(" + expression + ")");
      case "min" -> Optional.of("MIN(" + expression + ")");
      case "max" -> Optional.of("MAX(" + expression + ")");
      case "count" ->
          Optional.of(expression.equals("1") ? "COUNT(*)" : "COUNT(" + expression + ")");
      case "count_distinct" -> Optional.of("COUNT(DISTINCT " + expression + ")");
      case "sum_boolean" -> Optional.of("SUM(CASE WHEN " + expression + " THEN 1 ELSE 0 END)");
      default -> Optional.empty();
    };
  }

  private void metric(Map<?, ?> metric) {
    String name = text(metric, "name").orElse("");
    Map<?, ?> parameters = map(metric, "type_params");
    Optional<Measure> found =
        switch (text(metric, "type").orElse("simple")) {
          case "simple" -> Optional.ofNullable(measures.get(named(parameters, "measure")));
          case "ratio" -> ratio(named(parameters, "numerator"), named(parameters, "denominator"));
          case "derived" -> derived(parameters);
          default -> Optional.empty();
        };
    Optional<String> filter = text(metric, "filter");
    Optional<String> plain = filter.map(text -> DIMENSION.matcher(text).replaceAll("$1"));
    if (found.isEmpty() || plain.filter(text -> text.contains("{{")).isPresent()) {
      layer.leave("metric " + name + " has no counterpart");
      return;
    }
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("table", found.get().table());
    said.put("expression", found.get().expression());
    plain.ifPresent(text -> said.put("filter", text));
    text(metric, "description").ifPresent(description -> said.put("description", description));
    text(metric, "label")
        .filter(label -> !label.equalsIgnoreCase(name.replace('_', ' ')))
        .ifPresent(label -> said.put("synonyms", java.util.List.of(label)));
    layer.metrics().put(name, said);
    tableOfMetric.put(name, found.get().table());
  }

  private static String named(Map<?, ?> parameters, String key) {
    return text(parameters, key).or(() -> text(map(parameters, key), "name")).orElse("");
  }

  private Optional<Measure> ratio(String numerator, String denominator) {
    String table = tableOfMetric.getOrDefault(numerator, "");
    return !table.isEmpty() && table.equals(tableOfMetric.get(denominator))
        ? Optional.of(
            new Measure(
                table, "CAST(" + numerator + " AS DOUBLE) / NULLIF(" + denominator + ", 0)"))
        : Optional.empty();
  }

  private Optional<Measure> derived(Map<?, ?> parameters) {
    String expression = text(parameters, "expr").orElse("");
    String table = "";
    for (Map<?, ?> used : maps(parameters, "metrics")) {
      String name = text(used, "name").orElse("");
      String of = tableOfMetric.getOrDefault(name, "");
      if (of.isEmpty()
          || !table.isEmpty() && !table.equals(of)
          || used.containsKey("offset_window")) {
        return Optional.empty();
      }
      table = of;
      String alias = text(used, "alias").orElse(name);
      expression = expression.replaceAll("\\b" + Pattern.quote(alias) + "\\b", name);
    }
    return table.isEmpty() || expression.isEmpty()
        ? Optional.empty()
        : Optional.of(new Measure(table, expression));
  }
}
