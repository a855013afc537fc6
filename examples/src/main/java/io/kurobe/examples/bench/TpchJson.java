package io.kurobe.examples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Results as JSON, for programs. */
final class TpchJson {
  private TpchJson() {}

  static void write(
      Path file, List<String> peers, List<QueryResult> results, OptionalLong peakResidentBytes)
      throws IOException {
    try (var out = Files.newBufferedWriter(file);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeArrayFieldStart("queries");
      for (QueryResult result : results) {
        query(json, peers, result);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("sumMs");
      for (String peer : peers) {
        number(json, peer, TpchReport.sum(results, peer));
      }
      json.writeEndObject();
      if (peakResidentBytes.isPresent()) {
        number(json, "peakRssMb", peakResidentBytes.getAsLong() / 1e6);
      }
      json.writeEndObject();
    }
  }

  private static void query(JsonGenerator json, List<String> peers, QueryResult result)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("query", result.query());
    json.writeObjectFieldStart("ms");
    for (String peer : peers) {
      var time = result.milliseconds(peer);
      if (time.isPresent()) {
        number(json, peer, time.getAsDouble());
      }
    }
    json.writeEndObject();
    json.writeBooleanField("equal", result.isEqual(TpchRun.KUROBE));
    if (result.floor().isPresent()) {
      number(json, "floorMs", result.floor().getAsDouble());
      json.writeNumberField("movedBytes", result.movedBytes());
    }
    if (!result.failures().isEmpty()) {
      json.writeObjectFieldStart("failed");
      for (var failure : result.failures().entrySet()) {
        json.writeStringField(failure.getKey(), failure.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeNumberField(name, Math.round(value * 10) / 10.0);
  }
}
