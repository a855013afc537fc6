package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;

/** The names of one query: aliases of tables, each given once, and columns under them. */
final class SqlNames {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final SqlAbstractParserImpl.Metadata WORDS =
      SqlParser.create("", SqlParser.config().withUnquotedCasing(Casing.UNCHANGED)).getMetadata();

  private final Set<String> taken = new HashSet<>();

  /** An alias that nothing has yet. */
  String newAlias(SchemaTable table) {
    String initial = plain(table.name().table()).replaceAll("^_+", "");
    String base = initial.isEmpty() || !initial.matches("[a-z].*") ? "t" : initial.substring(0, 1);
    if (taken.add(base)) {
      return base;
    }
    for (int i = 2; ; i++) {
      if (taken.add(base + i)) {
        return base + i;
      }
    }
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\d]+", "_");
  }

  static String column(SchemaColumn column, Map<SchemaTable, String> names) {
    return names.get(column.table()) + "." + identifier(column.name());
  }

  /** A column as what its values are, where they are stored as text. */
  static String typed(SchemaColumn column, Map<SchemaTable, String> names) {
    return typed(column, column(column, names));
  }

  static String typed(SchemaColumn column, String written) {
    if (column.nature() == column.stored()) {
      return written;
    }
    String type = column.nature() == SchemaColumn.Nature.NUMBER ? "DOUBLE PRECISION" : "TIMESTAMP";
    return "CAST(NULLIF(" + written + ", '') AS " + type + ")";
  }

  static String table(SchemaTable table, Map<SchemaTable, String> names) {
    return name(table) + " " + names.get(table);
  }

  static String name(SchemaTable table) {
    return table.name().parts().stream().map(SqlNames::identifier).collect(Collectors.joining("."));
  }

  static String identifier(String name) {
    return PLAIN.matcher(name).matches() && !WORDS.isReservedWord(name.toUpperCase(Locale.ROOT))
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }
}
