package io.kurobe.driver;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.calcite.avatica.remote.JsonService;

/** Avatica's requests as JSON documents, one exchange each. Threads may share it. */
final class JsonWire extends JsonService {
  private final HttpTransport transport;

  JsonWire(HttpTransport transport) {
    this.transport = transport;
  }

  JsonWire within(Duration timeout) {
    return new JsonWire(transport.within(timeout));
  }

  @Override
  public String apply(String request) {
    try {
      byte[] body = request.getBytes(StandardCharsets.UTF_8);
      return new String(transport.send(body), StandardCharsets.UTF_8);
    } catch (SQLException e) {
      throw new WireException(e);
    }
  }
}
