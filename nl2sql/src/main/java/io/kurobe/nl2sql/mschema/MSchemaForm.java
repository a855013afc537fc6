package io.kurobe.nl2sql.mschema;

import io.kurobe.nl2sql.mschema.MSchema.Field;
import io.kurobe.nl2sql.mschema.MSchema.Key;
import io.kurobe.nl2sql.mschema.MSchema.Place;
import io.kurobe.nl2sql.mschema.MSchema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How an {@link MSchema} is written. */
public enum MSchemaForm {
  /**
   * As its authors' code writes it, byte for byte, for models that were trained on that: tables
   * within their schema, the target of a key without one, keys into other schemas left out.
   */
  STRICT {
    @Override
    String table(Place place) {
      return place.schema() + "." + place.table();
    }

    @Override
    String name(String name) {
      return name;
    }

    @Override
    boolean has(Key key) {
      return key.from().source().equals(key.to().source())
          && key.from().schema().equals(key.to().schema());
    }

    @Override
    String target(Place place) {
      return place.table();
    }
  },

  /**
   * As a federated catalog needs it: every table and both sides of every key with their full names,
   * keys between schemas and between sources with them, and names that hold a sign of the form in
   * double quotes.
   */
  FEDERATED {
    @Override
    String table(Place place) {
      return name(place.source()) + "." + name(place.schema()) + "." + name(place.table());
    }

    @Override
    String name(String name) {
      return SIGNS.matcher(name).find() ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }

    @Override
    boolean has(Key key) {
      return true;
    }

    @Override
    String target(Place place) {
      return table(place);
    }
  };

  /** What ends a name, or a line, in the form. */
  private static final Pattern SIGNS = Pattern.compile("[\\s,:()\\[\\].=\"#【】]");

  abstract String table(Place place);

  abstract String name(String name);

  abstract boolean has(Key key);

  abstract String target(Place place);

  /** Writes a database, without a line's end at the end. */
  public String write(MSchema schema) {
    List<String> lines = new ArrayList<>();
    lines.add("【DB_ID】 " + schema.database());
    lines.add("【Schema】");
    schema.tables().forEach(table -> lines.add(write(table)));
    List<Key> keys = schema.keys().stream().filter(this::has).toList();
    if (!keys.isEmpty()) {
      lines.add("【Foreign keys】");
      keys.forEach(key -> lines.add(write(key)));
    }
    return String.join("\n", lines);
  }

  private String write(Table table) {
    String comment = table.comment().filter(text -> !text.isBlank()).map(this::comment).orElse("");
    return table.fields().stream()
        .map(this::write)
        .collect(
            Collectors.joining(
                ",\n", "# Table: " + table(table.place()) + comment + "\n[\n", "\n]"));
  }

  private String write(Field field) {
    StringBuilder line = new StringBuilder("(").append(name(field.name())).append(':');
    line.append(type(field.type()));
    field.comment().filter(text -> !text.isBlank()).map(this::comment).ifPresent(line::append);
    if (field.primaryKey()) {
      line.append(", Primary Key");
    }
    List<String> examples = Examples.of(field.values(), field.temporal());
    if (!examples.isEmpty()) {
      line.append(", Examples: [").append(String.join(", ", examples)).append(']');
    }
    return line.append(')').toString();
  }

  /** On one line, as everything that is said of a table or a column. */
  private String comment(String text) {
    return ", " + (this == STRICT ? text.strip() : text.strip().replaceAll("\\s+", " "));
  }

  private static String type(String type) {
    int parenthesis = type.indexOf('(');
    return (parenthesis < 0 ? type : type.substring(0, parenthesis))
        .strip()
        .toUpperCase(Locale.ROOT);
  }

  private String write(Key key) {
    return table(key.from())
        + "."
        + name(key.column())
        + "="
        + target(key.to())
        + "."
        + name(key.target());
  }
}
