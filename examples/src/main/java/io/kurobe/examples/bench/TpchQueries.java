package io.kurobe.examples.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** TPC-H's 22 queries with the parameters its specification validates answers with. */
final class TpchQueries {
  private static final BigDecimal FRACTION = new BigDecimal("0.0001");

  private TpchQueries() {}

  static List<String> names() {
    return IntStream.rangeClosed(1, 22).mapToObj("q%02d"::formatted).toList();
  }

  /** The text of each query at a scale, by name. */
  static Map<String, String> texts(List<String> names, double scale) {
    Map<String, String> texts = new LinkedHashMap<>();
    // The one parameter that depends on the scale, in digits that every dialect reads.
    String fraction =
        FRACTION
            .divide(BigDecimal.valueOf(scale), 12, java.math.RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    for (String name : names) {
      texts.put(name, text(name).replace(":fraction", fraction));
    }
    return texts;
  }

  private static String text(String name) {
    try (InputStream in = TpchQueries.class.getResourceAsStream("tpch/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("no query " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
