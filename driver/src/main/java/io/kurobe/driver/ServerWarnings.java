package io.kurobe.driver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLWarning;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The warnings that the server has of each statement of a connection, as the last answer told them.
 * Avatica's messages carry none, so that they come in a header of the exchange: the statement's
 * number, its query id, then SQLSTATE and encoded text of each. Threads may share it.
 */
final class ServerWarnings {
  static final String HEADER = "Kurobe-Warnings";

  private final Map<Integer, List<String>> told = new ConcurrentHashMap<>();

  /** Takes a header; one that is not understood says nothing. */
  void tell(String header) {
    List<String> parts = Arrays.asList(header.split(" "));
    try {
      int statement = Integer.parseInt(parts.get(0));
      if (parts.size() > 2) {
        told.put(statement, parts.subList(1, parts.size()));
      } else {
        told.remove(statement);
      }
    } catch (NumberFormatException e) {
      // Of a server of another kind.
    }
  }

  /** Forgets what was told of a statement. */
  void forget(int statement) {
    told.remove(statement);
  }

  /** The first of a chain, or null; a new chain each time. */
  @Nullable SQLWarning of(int statement) {
    List<String> parts = told.get(statement);
    SQLWarning first = null;
    for (int i = parts == null ? 0 : parts.size() - 1; i > 0; i--) {
      String state = parts.get(i).substring(0, Math.max(0, parts.get(i).indexOf(':')));
      String text = parts.get(i).substring(parts.get(i).indexOf(':') + 1);
      SQLWarning warning =
          new SQLWarning(
              URLDecoder.decode(text, StandardCharsets.UTF_8) + " [query " + parts.get(0) + "]",
              state);
      if (first != null) {
        warning.setNextWarning(first);
      }
      first = warning;
    }
    return first;
  }
}
