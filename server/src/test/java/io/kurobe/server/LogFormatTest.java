package io.kurobe.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the log looks like in each format, by the configuration that is shipped. */
class LogFormatTest {
  private static String logged(String format) throws JoranException {
    PrintStream before = System.err;
    var written = new ByteArrayOutputStream();
    var context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("kurobe.log.format", format);
    System.setErr(new PrintStream(written, true, UTF_8));
    try {
      var configurator = new JoranConfigurator();
      configurator.setContext(context);
      URL shipped = Objects.requireNonNull(Gateway.class.getResource("/logback.xml"));
      configurator.doConfigure(shipped);
      context.getMDCAdapter().put("queryId", "q20260131_142500_00007");
      context.getLogger("io.kurobe.Test").info("FINISHED by {}, {} rows", "ada", 3);
      context.getLogger("io.kurobe.Test").debug("not shown");
    } finally {
      context.stop();
      System.setErr(before);
    }
    return written.toString(UTF_8);
  }

  @Test
  void jsonIsALineForEachEventWithTheQueryId() throws JoranException, IOException {
    String line = logged("json");
    assertThat(line).endsWith("\n").hasLineCount(1);
    JsonNode event = new ObjectMapper().readTree(line);
    assertThat(event.path("formattedMessage").asText()).isEqualTo("FINISHED by ada, 3 rows");
    assertThat(event.path("mdc").path("queryId").asText()).isEqualTo("q20260131_142500_00007");
    assertThat(event.path("level").asText()).isEqualTo("INFO");
    assertThat(event.path("timestamp").asLong()).isPositive();
  }

  @Test
  void textIsForPeople() throws JoranException {
    assertThat(logged("text"))
        .contains("INFO  q20260131_142500_00007 Test: FINISHED by ada, 3 rows");
  }
}
