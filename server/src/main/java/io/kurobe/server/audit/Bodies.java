package io.kurobe.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes events as the bodies of records: JSON, with its texts bounded. */
final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SQL = 100_000;
  private static final int MOST_OF_SOURCE = 10_000;
  private static final int MOST_TEXT = 2_000;
  private static final int MOST_NAMES = 1_000;
  private static final int MOST_STATEMENTS = 100;

  private Bodies() {}

  static AuditRecord record(String chain, long sequence, String before, Instant at, AuditEvent e) {
    ObjectNode body = JSON.createObjectNode();
    String name = name(e);
    body.put("chain", chain).put("seq", sequence).put("at", at.toString()).put("event", name);
    e.queryId().ifPresent(id -> body.put("queryId", id));
    if (!e.actor().equals(Actor.GATEWAY)) {
      body.put("principal", text(e.actor().name(), MOST_TEXT));
      ArrayNode roles = body.putArray("roles");
      e.actor().sortedRoles().forEach(roles::add);
      body.put("address", e.actor().address());
    }
    details(body, e);
    try {
      String text = JSON.writeValueAsString(body);
      return new AuditRecord(
          sequence, at, name, e.queryId().orElse(""), text, AuditRecord.hash(before, text));
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("an event could not be written", failure);
    }
  }

  /** Such as STATEMENT_STARTED. */
  static String name(AuditEvent event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toUpperCase(Locale.ROOT);
  }

  private static void details(ObjectNode body, AuditEvent event) {
    if (event instanceof AuditEvent.StatementStarted started) {
      body.put("sql", text(Redaction.of(started.sql()), MOST_SQL));
      names(body.putArray("tables"), started.tables());
      ArrayNode sources = body.putArray("sources");
      for (AuditEvent.SourceStatement asked : first(started.sources(), MOST_STATEMENTS)) {
        sources
            .addObject()
            .put("source", asked.source())
            .put("statement", text(asked.statement(), MOST_OF_SOURCE));
      }
    } else if (event instanceof AuditEvent.StatementEnded ended) {
      body.put("rows", ended.rows()).put("bytes", ended.bytes());
      body.put("ms", ended.duration().toMillis()).put("outcome", ended.outcome());
      ended.sqlState().ifPresent(state -> body.put("sqlState", state));
    } else if (event instanceof AuditEvent.ModelAsked asked) {
      body.put("detail", asked.model() + ", " + asked.tokens() + " tokens");
      body.put("ms", asked.duration().toMillis()).put("outcome", asked.outcome());
    } else if (event instanceof AuditEvent.Login login) {
      body.put("method", login.method()).put("outcome", login.success() ? "SUCCESS" : "FAILURE");
      body.put("detail", text(login.detail(), MOST_TEXT));
    } else if (event instanceof AuditEvent.Denied denied) {
      body.put("outcome", "DENIED").put("detail", text(denied.what(), MOST_TEXT));
    } else if (event instanceof AuditEvent.AccessChanged changed) {
      body.put("outcome", changed.success() ? "SUCCESS" : "FAILURE");
      body.put("detail", text(Redaction.of(changed.what()), MOST_TEXT));
    } else if (event instanceof AuditEvent.ConfigurationChanged changed) {
      body.put("detail", text(changed.what(), MOST_TEXT));
    } else if (event instanceof AuditEvent.GatewayStarted started) {
      body.put("detail", started.version() + ": " + text(started.configuration(), MOST_TEXT));
    } else if (event instanceof AuditEvent.RecordsLost lost) {
      body.put("detail", lost.count() + " records could not be written before this one");
    }
  }

  private static void names(ArrayNode into, List<String> names) {
    first(names, MOST_NAMES).forEach(name -> into.add(text(name, MOST_TEXT)));
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.size() <= most ? all : all.subList(0, most);
  }

  private static String text(String text, int most) {
    String shown = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    return shown.length() <= most ? shown : shown.substring(0, most) + "…";
  }
}
