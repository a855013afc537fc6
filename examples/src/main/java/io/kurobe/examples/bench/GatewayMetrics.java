package io.kurobe.examples.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a gateway told at {@code /metrics} at one moment. */
record GatewayMetrics(String text) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static GatewayMetrics of(ServerProcess gateway) throws IOException {
    try {
      URI uri = URI.create(gateway.httpUrl() + "metrics");
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return new GatewayMetrics(CLIENT.send(request, BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** The sum of a gauge over those tags that start so, such as {@code {area="heap"}. */
  long gauge(String name, String tags) {
    String start = name + tags;
    return text.lines()
        .filter(line -> line.startsWith(start))
        .mapToLong(
            line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
        .reduce(Long::sum)
        .orElseThrow(() -> new BenchException("the gateway's /metrics has no " + start));
  }

  /** A gauge without tags. */
  long gauge(String name) {
    return gauge(name, " ");
  }
}
