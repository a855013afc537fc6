package io.kurobe.server.semantic;

import static io.kurobe.server.semantic.Yaml.isName;
import static io.kurobe.server.semantic.Yaml.map;
import static io.kurobe.server.semantic.Yaml.maps;
import static io.kurobe.server.semantic.Yaml.text;
import static io.kurobe.server.semantic.Yaml.texts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes over a semantic model of Snowflake's form: logical tables over base tables. */
final class SnowflakeLayer {
  private final Layer layer = new Layer();
  private final String prefix;

  private SnowflakeLayer(String prefix) {
    this.prefix = prefix;
  }

  static Layer of(Map<?, ?> file, String prefix) {
    var snowflake = new SnowflakeLayer(prefix);
    maps(file, "tables").forEach(snowflake::table);
    for (Map<?, ?> relation : maps(file, "relationships")) {
      snowflake.layer.leave(
          "relation "
              + text(relation, "name").orElse("")
              + ": write it under relations: in the configuration");
    }
    maps(file, "metrics")
        .forEach(
            metric ->
                snowflake.layer.leave(
                    "metric " + text(metric, "name").orElse("") + " is over several tables"));
    text(file, "custom_instructions").ifPresent(snowflake.layer.instructions()::add);
    if (!maps(file, "verified_queries").isEmpty()) {
      snowflake.layer.leave("verified queries: TEACH 'question' AS query keeps them");
    }
    return snowflake.layer;
  }

  private void table(Map<?, ?> logical) {
    String name = text(logical, "name").orElse("");
    String base = text(map(logical, "base_table"), "table").orElse(name);
    String table = prefix + base.toLowerCase(Locale.ROOT);
    Map<String, Object> said = layer.table(table);
    text(logical, "description").ifPresent(description -> said.put("description", description));
    List<String> synonyms = texts(logical, "synonyms");
    if (!synonyms.isEmpty()) {
      said.put("synonyms", synonyms);
    }
    for (String kind : List.of("dimensions", "time_dimensions", "facts", "measures")) {
      for (Map<?, ?> column : maps(logical, kind)) {
        column(table, column, kind);
      }
    }
    for (Map<?, ?> metric : maps(logical, "metrics")) {
      metric(table, name, metric);
    }
    for (Map<?, ?> filter : maps(logical, "filters")) {
      layer.leave("filter " + text(filter, "name").orElse("") + " of " + name + " is optional");
    }
  }

  private void column(String table, Map<?, ?> column, String kind) {
    String name = text(column, "name").orElse("");
    String expression = text(column, "expr").orElse(name);
    if (!isName(expression)) {
      layer.leave(name + " of " + table + " is computed: " + expression);
      return;
    }
    String physical = expression.toLowerCase(Locale.ROOT);
    Map<String, Object> words = new LinkedHashMap<>();
    text(column, "description").ifPresent(description -> words.put("description", description));
    List<String> synonyms = new java.util.ArrayList<>(texts(column, "synonyms"));
    if (!name.equalsIgnoreCase(physical)) {
      synonyms.add(name.replace('_', ' ').toLowerCase(Locale.ROOT));
    }
    if (!synonyms.isEmpty()) {
      words.put("synonyms", synonyms);
    }
    layer.column(table, physical, words);
    if (kind.equals("time_dimensions")) {
      layer.table(table).putIfAbsent("time", physical);
    }
  }

  private void metric(String table, String logical, Map<?, ?> metric) {
    String name = text(metric, "name").orElse("");
    String expression = text(metric, "expr").orElse("").replaceAll("(?i)\\b" + logical + "\\.", "");
    if (expression.isEmpty() || expression.toLowerCase(Locale.ROOT).contains(" over ")) {
      layer.leave("metric " + name + " has no counterpart");
      return;
    }
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("table", table);
    said.put("expression", expression);
    text(metric, "description").ifPresent(description -> said.put("description", description));
    List<String> synonyms = texts(metric, "synonyms");
    if (!synonyms.isEmpty()) {
      said.put("synonyms", synonyms);
    }
    layer.metrics().put(name, said);
  }
}
