package io.kurobe.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.planner.system.Activity;
import io.kurobe.server.audit.AuditRecord;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.store.AuditRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code system.audit.log} shows of the audit, and what the audit has of a configuration. */
final class AuditRows {
  private static final int MOST = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditRows() {}

  static List<Activity.AuditRecord> latest(AuditRecords records) {
    return records.latest(MOST).stream().map(AuditRows::row).toList();
  }

  private static Activity.AuditRecord row(AuditRecord record) {
    Map<String, String> values = new HashMap<>();
    try {
      JSON.readTree(record.body())
          .properties()
          .forEach(entry -> values.put(entry.getKey(), text(entry.getValue())));
    } catch (JsonProcessingException e) {
      // Whoever changed it shows at its hash.
      values.put("detail", record.body());
    }
    return new Activity.AuditRecord(
        values.getOrDefault("chain", ""),
        record.sequence(),
        record.recorded(),
        record.event(),
        values,
        record.hash());
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** The kinds of its parts, without a secret. */
  static String brief(Configuration configuration) {
    return "security "
        + configuration.security().mode()
        + ", listens at "
        + configuration.server().host()
        + ":"
        + configuration.server().port()
        + ", audit "
        + configuration.audit()
        + ", limits "
        + configuration.limits()
        + ", sources "
        + configuration.sources().stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
