package io.kurobe.examples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** What {@code wire} found as JSON, for programs. */
final class WireJson {
  private WireJson() {}

  static void write(Path file, Rounds small, List<OrdersResult> orders) throws IOException {
    try (var out = Files.newBufferedWriter(file);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeArrayFieldStart("selectOne");
      for (String name : small.names()) {
        json.writeStartObject();
        json.writeStringField("driver", name);
        number(json, "ms", small.median(name));
        number(json, "p95Ms", small.percentile(name, 95));
        number(json, "toHttp", small.median(name) / small.median(SelectOne.BARE));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("orders");
      OptionalDouble pgjdbc = WireReport.best(orders, WireDrivers.PGJDBC);
      OptionalDouble avatica = WireReport.best(orders, WireDrivers.AVATICA);
      for (OrdersResult result : orders) {
        json.writeStartObject();
        json.writeStringField("driver", result.name());
        json.writeNumberField("rows", result.rows());
        number(json, "ms", result.milliseconds());
        number(json, "rowsPerSecond", result.rowsPerSecond());
        if (pgjdbc.isPresent()) {
          number(json, "toPgjdbc", result.rowsPerSecond() / pgjdbc.getAsDouble());
        }
        if (avatica.isPresent()) {
          number(json, "toAvatica", result.rowsPerSecond() / avatica.getAsDouble());
        }
        json.writeBooleanField("equal", result.equal());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeNumberField(name, Math.round(value * 1000) / 1000.0);
  }
}
