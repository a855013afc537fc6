package io.kurobe.nl2sql.scope;

import io.kurobe.planner.catalog.TableName;
import java.util.List;

/**
 * What a question is asked of: the names after ON. A name is a source, a schema or a table, alone
 * or after what it is in, and the schema may be left out where it is the source's default.
 *
 * @param names in their parts; none means everything
 */
public record Scope(List<List<String>> names) {
  public static final Scope ALL = new Scope(List.of());

  public Scope {
    names = names.stream().map(List::copyOf).toList();
  }

  /** Whether a table is in it. */
  public boolean contains(TableName table, String defaultSchema) {
    return names.isEmpty()
        || names.stream().anyMatch(parts -> matches(table, defaultSchema, parts));
  }

  private static boolean matches(TableName name, String defaultSchema, List<String> parts) {
    List<String> full = name.parts();
    return switch (parts.size()) {
      case 1 -> full.stream().anyMatch(part -> part.equalsIgnoreCase(parts.get(0)));
      case 2 ->
          endsWith(full, parts)
              || full.get(0).equalsIgnoreCase(parts.get(0))
                  && (full.get(1).equalsIgnoreCase(parts.get(1))
                      || full.get(1).equals(defaultSchema)
                          && full.get(2).equalsIgnoreCase(parts.get(1)));
      default -> endsWith(full, parts);
    };
  }

  private static boolean endsWith(List<String> full, List<String> parts) {
    int offset = full.size() - parts.size();
    for (int i = 0; i < parts.size(); i++) {
      if (offset < 0 || !full.get(offset + i).equalsIgnoreCase(parts.get(i))) {
        return false;
      }
    }
    return true;
  }
}
