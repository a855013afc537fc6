package io.kurobe.planner.parser;

import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.Metadata;

/** Words that mean something to the parser and nothing to SQL:2003, as JDBC asks for them. */
public final class Keywords {
  /** Words of statements that are names everywhere else. */
  private static final List<String> OWN =
      List.of("ASK", "FORGET", "ILIKE", "KILL", "MSCHEMA", "REFRESH", "SHOW", "TEACH");

  /** What the standard of 2003 has of what the parser reserves and SQL-92 did not know. */
  private static final Set<String> STANDARD =
      Set.of(
          "END-EXEC",
          "GROUPING",
          "LATERAL",
          "MERGE",
          "NEW",
          "OVER",
          "PARTITION",
          "ROLLUP",
          "ROW",
          "TABLESAMPLE",
          "UNNEST",
          "WINDOW");

  private Keywords() {}

  /** In order; those that are not reserved are among them. */
  public static List<String> beyondTheStandard() {
    Metadata parser = KurobeParserImpl.FACTORY.getParser(new StringReader("")).getMetadata();
    Stream<String> reserved =
        parser.getTokens().stream()
            .filter(word -> parser.isReservedWord(word) && !parser.isSql92ReservedWord(word))
            .filter(word -> !STANDARD.contains(word));
    return Stream.concat(reserved, OWN.stream()).sorted().distinct().toList();
  }
}
