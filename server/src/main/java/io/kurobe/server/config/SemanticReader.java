package io.kurobe.server.config;

import io.kurobe.nl2sql.semantic.Metric;
import io.kurobe.nl2sql.semantic.MetricJoin;
import io.kurobe.nl2sql.semantic.ModelCheck;
import io.kurobe.nl2sql.semantic.Origin;
import io.kurobe.nl2sql.semantic.SemanticColumn;
import io.kurobe.nl2sql.semantic.SemanticModel;
import io.kurobe.nl2sql.semantic.SemanticTable;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the files of {@code semantic:}, each with a line for each mistake. What must be right
 * whatever the catalog holds is checked here; the rest when the catalog is known.
 */
final class SemanticReader {
  private static final String NAME = "\\s*([^.=\\s]+)\\s*";
  private static final String COLUMN = NAME + "\\." + NAME + "\\." + NAME + "\\." + NAME;
  private static final Pattern JOIN = Pattern.compile(COLUMN + "=" + COLUMN);

  private final Map<String, String> environment;
  private final List<SemanticTable> tables = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<String> instructions = new ArrayList<>();

  private SemanticReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads files that stand beside the configuration.
   *
   * @param problems takes what is wrong with them
   */
  static SemanticModel read(
      List<String> files, Path directory, Map<String, String> environment, List<Problem> problems) {
    var reader = new SemanticReader(environment);
    for (String file : files) {
      reader.file(directory.resolve(file).normalize(), problems);
    }
    var model = new SemanticModel(reader.tables, reader.metrics, reader.instructions);
    for (ModelCheck.Problem problem : ModelCheck.of(model)) {
      problems.add(
          new Problem(problem.origin().file(), problem.origin().line(), problem.message()));
    }
    return model;
  }

  private void file(Path path, List<Problem> problems) {
    String name = String.valueOf(path.getFileName());
    Node root;
    try {
      root =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .compose(new StringReader(Files.readString(path)));
    } catch (IOException e) {
      problems.add(new Problem(path.toString(), 0, "there is no such file, or it cannot be read"));
      return;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problems.add(new Problem(name, line, "not YAML: " + e.getProblem()));
      return;
    } catch (YAMLException e) {
      problems.add(new Problem(name, 0, "not YAML text"));
      return;
    }
    if (root == null) {
      return;
    }
    var found = new Problems(name);
    Path directory = path.toAbsolutePath().getParent();
    var placeholders =
        new Placeholders(environment, directory == null ? Path.of("/") : directory, found);
    section(new Section("the file", root, found, placeholders), name);
    problems.addAll(found.all());
  }

  private void section(Section file, String name) {
    Section ofTables = file.section("tables");
    for (String table : ofTables.names()) {
      table(ofTables.section(table), ofTables, table, name);
    }
    Section ofMetrics = file.section("metrics");
    for (String metric : ofMetrics.names()) {
      metric(ofMetrics.section(metric), ofMetrics, metric, name);
    }
    instructions.addAll(file.texts("instructions"));
    file.finish();
  }

  private void table(Section section, Section all, String key, String file) {
    Optional<TableName> name = tableName(all, key, key);
    List<SemanticColumn> columns = new ArrayList<>();
    Section ofColumns = section.section("columns");
    for (String column : ofColumns.names()) {
      columns.add(column(ofColumns.section(column), ofColumns, column, file));
    }
    Optional<String> description = section.text("description");
    List<String> synonyms = section.texts("synonyms");
    Optional<String> filter = section.text("filter");
    Optional<String> time = section.text("time");
    section.finish();
    name.ifPresent(
        known ->
            tables.add(
                new SemanticTable(
                    known,
                    description,
                    synonyms,
                    filter,
                    time,
                    columns,
                    new Origin(file, all.line(key)))));
  }

  private static SemanticColumn column(Section section, Section all, String name, String file) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Section ofValues = section.section("values");
    for (String value : ofValues.names()) {
      values.put(value, ofValues.texts(value));
    }
    var column =
        new SemanticColumn(
            name,
            section.text("description"),
            section.texts("synonyms"),
            section.text("unit"),
            section.flag("hidden", false),
            values,
            new Origin(file, all.line(name)));
    section.finish();
    return column;
  }

  private void metric(Section section, Section all, String name, String file) {
    Optional<String> written = section.text("table");
    Optional<TableName> table = written.flatMap(text -> tableName(section, "table", text));
    if (written.isEmpty()) {
      section.problem("'table' is missing: the one whose rows the metric is over");
    }
    Optional<String> expression = section.text("expression");
    if (expression.isEmpty()) {
      section.problem("'expression' is missing, such as SUM(total_amount)");
    }
    List<MetricJoin> joins = joins(section, table);
    Optional<String> filter = section.text("filter");
    Optional<String> description = section.text("description");
    List<String> synonyms = section.texts("synonyms");
    Optional<String> unit = section.text("unit");
    section.finish();
    if (table.isPresent() && expression.isPresent()) {
      metrics.add(
          new Metric(
              name,
              table.get(),
              joins,
              expression.get(),
              filter,
              description,
              synonyms,
              unit,
              new Origin(file, all.line(name))));
    }
  }

  /** Written as relations are; columns that lead to one table together are one join. */
  private static List<MetricJoin> joins(Section section, Optional<TableName> table) {
    List<MetricJoin> joins = new ArrayList<>();
    Set<TableName> known = new LinkedHashSet<>();
    table.ifPresent(known::add);
    for (String text : section.texts("joins")) {
      Matcher sides = JOIN.matcher(text);
      if (!sides.matches()) {
        section.problem(
            "joins",
            "'"
                + text
                + "' is no join: source.schema.table.column = source.schema.table.column, the"
                + " joined table on the right");
        continue;
      }
      var from = new TableName(sides.group(1), sides.group(2), sides.group(3));
      var to = new TableName(sides.group(5), sides.group(6), sides.group(7));
      if (table.isPresent() && !known.contains(from)) {
        section.problem(
            "joins", "'" + text + "' begins at " + from + ", which no join before it leads to");
      }
      known.add(to);
      Optional<MetricJoin> same =
          joins.stream().filter(join -> join.from().equals(from) && join.to().equals(to)).findAny();
      same.ifPresent(joins::remove);
      List<String> fromColumns =
          new ArrayList<>(same.map(MetricJoin::fromColumns).orElse(List.of()));
      fromColumns.add(sides.group(4));
      List<String> toColumns = new ArrayList<>(same.map(MetricJoin::toColumns).orElse(List.of()));
      toColumns.add(sides.group(8));
      joins.add(new MetricJoin(from, fromColumns, to, toColumns));
    }
    return joins;
  }

  private static Optional<TableName> tableName(Section section, String key, String text) {
    String[] parts = text.split("\\.");
    if (parts.length != 3) {
      section.problem(key, "a table is named source.schema.table, not '" + text + "'");
      return Optional.empty();
    }
    return Optional.of(new TableName(parts[0], parts[1], parts[2]));
  }
}
