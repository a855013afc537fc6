package io.kurobe.examples.bench;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.source.TableMetadata.ForeignKey;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * A large catalog that is made up, always the same of a size: schemas of two hundred tables, ten
 * columns a table, keys between them, comments on some; and questions about it.
 */
final class AskCatalog {
  /** The name of its only source. */
  static final String SOURCE = "generated";

  private static final int COLUMNS = 10;
  private static final int TABLES_A_SCHEMA = 200;
  private static final int VALUES = 30;

  private static final List<String> DOMAINS =
      words(
          "sales finance logistics staffing marketing support purchasing production quality safety"
              + " travel research legal insurance payments housing energy fleet health education");
  private static final List<String> ENTITIES =
      words(
          "customer order invoice shipment employee campaign ticket supplier machine inspection"
              + " incident booking experiment contract claim payment building meter vehicle patient"
              + " course product warehouse region store account budget project meeting vendor"
              + " delivery route driver license policy premium refund subscription visit survey"
              + " complaint return promotion discount stock batch sensor reading alarm shift salary"
              + " training exam grade teacher student prescription ward tariff lease tenant");
  private static final List<String> KINDS =
      words("details history items summary archive events notes targets limits types status");
  private static final List<String> QUALIFIERS =
      words(
          "gross net first last planned actual expected minimum maximum average billing shipping"
              + " home work previous current original final daily monthly yearly internal external"
              + " primary backup estimated approved rejected pending remaining");
  private static final List<String> ATTRIBUTES =
      words(
          "amount price cost quantity weight length height duration date time name title city"
              + " country street phone rating score level rank color size category reason comment"
              + " currency language department manager owner origin target capacity temperature"
              + " pressure distance speed discount tax margin share percentage count");
  private static final List<String> PLACES =
      words(
          "Leeds York Hull Bath Derby Exeter Oxford Truro Wells Ripon Durham Lincoln Chester"
              + " Norwich Salford Carlisle Lancaster Hereford Winchester Worcester Lichfield Ely"
              + " Stirling Perth Dundee Inverness Swansea Newport Bangor Belfast");

  private final Map<String, List<TableMetadata>> schemas = new HashMap<>();
  private final List<TableName> names = new ArrayList<>();
  private final Random random = new Random(7);

  private AskCatalog() {}

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  /** A catalog of so many tables. */
  static AskCatalog of(int tables) {
    var catalog = new AskCatalog();
    for (int i = 0; i < tables; i++) {
      catalog.add(i);
    }
    return catalog;
  }

  private void add(int number) {
    int group = number / TABLES_A_SCHEMA;
    String domain = DOMAINS.get(group % DOMAINS.size());
    String schema = group < DOMAINS.size() ? domain : domain + "_" + group / DOMAINS.size();
    List<TableMetadata> tables = schemas.computeIfAbsent(schema, s -> new ArrayList<>());
    String entity = ENTITIES.get(number % ENTITIES.size());
    int kind = number % TABLES_A_SCHEMA / ENTITIES.size();
    String name =
        kind == 0 ? entity + "s" : entity + "_" + KINDS.get((kind + group) % KINDS.size());
    List<Column> columns = new ArrayList<>();
    List<ForeignKey> keys = new ArrayList<>();
    columns.add(column(entity + "_id", SqlType.BIGINT, Optional.empty()));
    if (!tables.isEmpty()) {
      TableMetadata other = tables.get(random.nextInt(tables.size()));
      Column key = other.columns().get(0);
      if (!key.name().equals(entity + "_id")) {
        columns.add(column(key.name(), SqlType.BIGINT, Optional.empty()));
        keys.add(
            new ForeignKey("fk", List.of(key.name()), schema, other.name(), List.of(key.name())));
      }
    }
    Set<String> used = new LinkedHashSet<>();
    while (columns.size() < COLUMNS) {
      String attribute = any(ATTRIBUTES);
      String column = random.nextInt(3) == 0 ? attribute : any(QUALIFIERS) + "_" + attribute;
      if (used.add(column)) {
        Optional<String> comment =
            random.nextInt(4) == 0
                ? Optional.of(column.replace('_', ' ') + " of the " + entity)
                : Optional.empty();
        columns.add(column(column, type(attribute), comment));
      }
    }
    tables.add(
        new TableMetadata(
            name,
            TableMetadata.Kind.TABLE,
            Optional.empty(),
            columns,
            List.of(entity + "_id"),
            List.of(),
            keys,
            OptionalLong.of(1_000)));
    names.add(new TableName(SOURCE, schema, name));
  }

  private static Column column(String name, SqlType type, Optional<String> comment) {
    return new Column(name, type, true, type.toString(), comment, Optional.empty());
  }

  private static SqlType type(String attribute) {
    return switch (attribute) {
      case "date" -> SqlType.DATE;
      case "time" -> SqlType.TIMESTAMP;
      case "name", "title", "city", "country", "street", "phone", "color", "size" ->
          SqlType.VARCHAR;
      case "category", "reason", "comment", "currency", "language", "department" -> SqlType.VARCHAR;
      case "manager", "owner", "origin" -> SqlType.VARCHAR;
      default -> SqlType.decimal(12, 2);
    };
  }

  private String any(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  /** What it is. */
  CatalogMetadata metadata() {
    List<SchemaMetadata> all = new ArrayList<>();
    schemas.forEach((schema, tables) -> all.add(new SchemaMetadata(schema, tables)));
    return new CatalogMetadata(all);
  }

  int columns() {
    return schemas.values().stream()
        .flatMap(List::stream)
        .mapToInt(table -> table.columns().size())
        .sum();
  }

  /** The values of a column; numbers and dates have none. */
  static List<String> values(TableName table, String column) {
    var random = new Random((table + column).hashCode());
    Set<String> values = new LinkedHashSet<>();
    for (int i = 0; i < VALUES; i++) {
      values.add(PLACES.get(random.nextInt(PLACES.size())));
    }
    return List.copyOf(values);
  }

  /**
   * A question.
   *
   * @param table that it is about
   */
  record Asked(String text, TableName table) {}

  /** Questions, each about another table and its columns, and never the same. */
  List<Asked> questions(int count) {
    List<Asked> asked = new ArrayList<>();
    Set<String> texts = new LinkedHashSet<>();
    while (asked.size() < count) {
      TableName name = names.get(random.nextInt(names.size()));
      TableMetadata table =
          schemas.get(name.schema()).stream()
              .filter(each -> each.name().equals(name.table()))
              .findFirst()
              .orElseThrow();
      String one = said(table.columns().get(2 + random.nextInt(COLUMNS - 2)).name());
      String other = said(table.columns().get(2 + random.nextInt(COLUMNS - 2)).name());
      String text =
          switch (random.nextInt(4)) {
            case 0 -> "What is the average %s of the %s in %s?";
            case 1 -> "Show %s and %s of all " + name.schema() + " %s";
            case 2 -> "Which %s have the highest %s since last year, by %s?";
            default -> "How many %s with a known %s are there for each %s";
          };
      String of = said(table.name());
      String question =
          text.startsWith("Show")
              ? text.formatted(one, other, of)
              : text.startsWith("What")
                  ? text.formatted(one, of, any(PLACES))
                  : text.formatted(of, one, other);
      if (texts.add(question)) {
        asked.add(new Asked(question, name));
      }
    }
    return asked;
  }

  private static String said(String name) {
    return name.replace('_', ' ');
  }
}
