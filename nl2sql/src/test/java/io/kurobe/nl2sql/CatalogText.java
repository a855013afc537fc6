package io.kurobe.nl2sql;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.source.TableMetadata.ForeignKey;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.question.QuestionSupport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlNode;

/**
 * A catalog written down for a test, a table a line:
 *
 * <pre>source.schema.table: id int key, name text = Anna|Ben, city_id int -> cities.id</pre>
 *
 * and a relation a line: {@code a.b.c.column = d.e.f.column}.
 */
public final class CatalogText implements QuestionSupport {
  private final Map<String, Map<String, List<TableMetadata>>> sources = new LinkedHashMap<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<Relation> relations = new ArrayList<>();
  private final StatementParser parser = new StatementParser();

  public static CatalogText of(String text) {
    var catalog = new CatalogText();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(catalog::line);
    return catalog;
  }

  private void line(String line) {
    int colon = line.indexOf(": ");
    if (colon < 0) {
      String[] sides = line.split(" = ");
      String[] from = sides[0].split("\\.");
      String[] to = sides[1].split("\\.");
      relations.add(
          new Relation(
              new TableName(from[0], from[1], from[2]),
              List.of(from[3]),
              new TableName(to[0], to[1], to[2]),
              List.of(to[3])));
      return;
    }
    String[] name = line.substring(0, colon).split("\\.");
    List<Column> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    List<ForeignKey> foreign = new ArrayList<>();
    for (String part : line.substring(colon + 2).split(", ")) {
      String[] words = part.split(" ", 3);
      columns.add(
          new Column(words[0], type(words[1]), true, words[1], Optional.empty(), Optional.empty()));
      String rest = words.length > 2 ? words[2] : "";
      if (rest.startsWith("key")) {
        key.add(words[0]);
      }
      if (rest.contains("-> ")) {
        String[] target = rest.substring(rest.indexOf("-> ") + 3).split("\\.");
        foreign.add(
            new ForeignKey(
                "fk_" + words[0], List.of(words[0]), name[1], target[0], List.of(target[1])));
      }
      if (rest.startsWith("= ")) {
        values.put(
            new TableName(name[0], name[1], name[2]) + "." + words[0],
            Arrays.asList(rest.substring(2).split("\\|")));
      }
    }
    sources
        .computeIfAbsent(name[0], source -> new LinkedHashMap<>())
        .computeIfAbsent(name[1], schema -> new ArrayList<>())
        .add(
            new TableMetadata(
                name[2],
                TableMetadata.Kind.TABLE,
                Optional.empty(),
                columns,
                key,
                List.of(),
                foreign,
                OptionalLong.empty()));
  }

  private static SqlType type(String name) {
    return switch (name) {
      case "int" -> SqlType.INTEGER;
      case "num" -> SqlType.decimal(12, 2);
      case "date" -> SqlType.DATE;
      case "time" -> SqlType.TIMESTAMP;
      case "bool" -> SqlType.BOOLEAN;
      default -> SqlType.VARCHAR;
    };
  }

  @Override
  public CatalogSnapshot catalog() {
    List<SourceCatalog> catalogs = new ArrayList<>();
    sources.forEach(
        (source, schemas) ->
            catalogs.add(
                new SourceCatalog(
                    SourceConfig.ofUrl(source, "postgres", "none", "none"),
                    schemas.keySet().iterator().next(),
                    new CatalogMetadata(
                        schemas.entrySet().stream()
                            .map(entry -> new SchemaMetadata(entry.getKey(), entry.getValue()))
                            .toList()))));
    return new CatalogSnapshot(1, catalogs, relations);
  }

  @Override
  public SqlNode parse(String sql) {
    return parser.parseQuery(sql);
  }

  @Override
  public List<SqlType.Field> validate(SqlNode query) {
    return List.of();
  }

  @Override
  public List<String> frequentValues(TableName table, String column) {
    return values.getOrDefault(table + "." + column, List.of());
  }

  /** The lexicon that tests share. */
  static final Lexicon ENGLISH = Lexicon.english();
}
