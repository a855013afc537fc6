package io.kurobe.planner.queries;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of statements, {@code src/test/resources/queries/NAME.sql}: each ends with a semicolon at
 * the end of a line, and a comment before it, {@code -- word: text}, says something of it.
 */
final class QueryFile {
  /**
   * A statement.
   *
   * @param remark what the comment before it says, without its word; empty if there is none
   */
  record Query(String sql, String remark) {
    @Override
    public String toString() {
      return sql;
    }
  }

  private QueryFile() {}

  static List<Query> read(String name) throws IOException {
    try (InputStream file = QueryFile.class.getResourceAsStream("/queries/" + name + ".sql")) {
      if (file == null) {
        throw new IOException("no queries are called " + name);
      }
      List<Query> queries = new ArrayList<>();
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : text.split(";\\s*(\\n|\\z)")) {
        String remark = "";
        String sql = part.strip();
        if (sql.startsWith("--")) {
          int end = sql.indexOf('\n');
          remark = sql.substring(sql.indexOf(':') + 1, end).strip();
          sql = sql.substring(end + 1).strip();
        }
        queries.add(new Query(sql, remark));
      }
      return queries;
    }
  }
}
