package io.kurobe.nl2sql.retrieve;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.source.TableMetadata.ForeignKey;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Many databases, read from their scripts, as the sources of one catalog. */
final class SpiderCatalog {
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE \"([^\"]+)\" \\((.*)\\);", Pattern.CASE_INSENSITIVE);
  private static final Pattern COLUMN =
      Pattern.compile("\\s*\"([^\"]+)\" ([a-z ]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern KEY = Pattern.compile("PRIMARY KEY \\(([^)]*)\\)");
  private static final Pattern INSERT = Pattern.compile("INSERT INTO \"([^\"]+)\" VALUES");
  private static final Pattern FOREIGN =
      Pattern.compile(
          "ALTER TABLE \"([^\"]+)\" ADD FOREIGN KEY \\(([^)]*)\\) REFERENCES \"([^\"]+)\""
              + " \\(([^)]*)\\)");
  private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'|([^,()']+)");
  private static final String SCHEMA = "public";

  private final List<SourceCatalog> sources = new ArrayList<>();
  private final List<Relation> relations = new ArrayList<>();
  private final Map<String, Map<String, Integer>> counts = new HashMap<>();

  /** Reads every database of a directory. */
  static SpiderCatalog read(Path databases) throws IOException {
    var catalog = new SpiderCatalog();
    try (Stream<Path> files = Files.list(databases)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".sql") && !name.endsWith(".fk.sql")) {
          String source = name.substring(0, name.length() - ".sql".length());
          Path keys = databases.resolve(source + ".fk.sql");
          catalog.add(
              source, Files.readAllLines(file), Files.exists(keys) ? Files.readString(keys) : "");
        }
      }
    }
    return catalog;
  }

  private void add(String source, List<String> script, String keys) {
    Map<String, List<ForeignKey>> foreign = foreignKeys(source, keys);
    Map<String, TableMetadata> tables = new LinkedHashMap<>();
    TableMetadata filled = null;
    for (String line : script) {
      Matcher table = TABLE.matcher(line);
      Matcher insert = INSERT.matcher(line);
      if (table.matches()) {
        TableMetadata read = table(table.group(1), table.group(2), foreign);
        tables.put(read.name(), read);
      } else if (insert.find()) {
        filled = tables.get(insert.group(1));
      } else if (line.startsWith("(") && filled != null) {
        row(new TableName(source, SCHEMA, filled.name()), filled, line);
      }
    }
    sources.add(
        new SourceCatalog(
            SourceConfig.ofUrl(source, "postgres", "none", "none"),
            SCHEMA,
            new CatalogMetadata(
                List.of(new SchemaMetadata(SCHEMA, List.copyOf(tables.values()))))));
  }

  private Map<String, List<ForeignKey>> foreignKeys(String source, String keys) {
    Map<String, List<ForeignKey>> foreign = new HashMap<>();
    Matcher matcher = FOREIGN.matcher(keys);
    while (matcher.find()) {
      List<String> from = names(matcher.group(2));
      List<String> to = names(matcher.group(4));
      if (from.size() == to.size()) {
        foreign
            .computeIfAbsent(matcher.group(1), t -> new ArrayList<>())
            .add(new ForeignKey("fk", from, SCHEMA, matcher.group(3), to));
        relations.add(
            new Relation(
                new TableName(source, SCHEMA, matcher.group(1)),
                from,
                new TableName(source, SCHEMA, matcher.group(3)),
                to));
      }
    }
    return foreign;
  }

  private static List<String> names(String quoted) {
    return Arrays.stream(quoted.split(",")).map(n -> n.strip().replace("\"", "")).toList();
  }

  private static TableMetadata table(
      String name, String body, Map<String, List<ForeignKey>> foreign) {
    Matcher key = KEY.matcher(body);
    List<String> primary = key.find() ? names(key.group(1)) : List.of();
    String columnsOnly = KEY.matcher(body).replaceAll("");
    List<Column> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(columnsOnly);
    while (column.find()) {
      String type = column.group(2).strip();
      columns.add(
          new Column(column.group(1), type(type), true, type, Optional.empty(), Optional.empty()));
    }
    return new TableMetadata(
        name,
        TableMetadata.Kind.TABLE,
        Optional.empty(),
        columns,
        primary,
        List.of(),
        foreign.getOrDefault(name, List.of()),
        OptionalLong.empty());
  }

  private static SqlType type(String name) {
    return switch (name) {
      case "bigint" -> SqlType.BIGINT;
      case "double precision" -> SqlType.DOUBLE;
      case "date" -> SqlType.DATE;
      case "timestamp" -> SqlType.TIMESTAMP;
      case "boolean" -> SqlType.BOOLEAN;
      default -> SqlType.VARCHAR;
    };
  }

  private void row(TableName table, TableMetadata metadata, String line) {
    Matcher literal = LITERAL.matcher(line.substring(1));
    for (Column column : metadata.columns()) {
      String value = null;
      while (value == null && literal.find()) {
        String plain = literal.group(1) != null ? literal.group(1) : literal.group(2).strip();
        value = literal.group(1) != null || !plain.isEmpty() ? plain : null;
      }
      if (value != null && !value.isEmpty() && !value.equals("NULL")) {
        counts
            .computeIfAbsent(table + "." + column.name(), c -> new LinkedHashMap<>())
            .merge(value.replace("''", "'"), 1, Integer::sum);
      }
    }
  }

  CatalogSnapshot snapshot() {
    return new CatalogSnapshot(1, sources, relations);
  }

  /** The most frequent values of every column, by the column's full name. */
  Map<String, List<String>> values(int most) {
    Map<String, List<String>> values = new HashMap<>();
    counts.forEach(
        (column, counted) ->
            values.put(
                column,
                counted.entrySet().stream()
                    .sorted((a, b) -> b.getValue() - a.getValue())
                    .limit(most)
                    .map(Map.Entry::getKey)
                    .toList()));
    return values;
  }
}
