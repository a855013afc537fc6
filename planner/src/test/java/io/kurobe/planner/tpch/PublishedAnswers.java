package io.kurobe.planner.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares rows with a published answer, row by row in its order. */
final class PublishedAnswers {
  private PublishedAnswers() {}

  static void assertSame(List<List<@Nullable Object>> rows, Path answer) throws IOException {
    List<String> lines = Files.readAllLines(answer);
    assertThat(rows).hasSize(lines.size() - 1);
    for (int i = 0; i < rows.size(); i++) {
      String[] expected = lines.get(i + 1).split("\\|", -1);
      assertThat(rows.get(i)).as("row " + i).hasSameSizeAs(expected);
      for (int j = 0; j < expected.length; j++) {
        assertSame(rows.get(i).get(j), expected[j], "row " + i + ", column " + j);
      }
    }
  }

  /** Averages and quotients are rounded to their scale here, and doubles in the answers. */
  private static void assertSame(@Nullable Object given, String expected, String place) {
    if (given instanceof BigDecimal || given instanceof Double) {
      BigDecimal wanted = new BigDecimal(expected);
      double off = new BigDecimal(given.toString()).subtract(wanted).abs().doubleValue();
      assertThat(off)
          .as(place)
          .isLessThanOrEqualTo(Math.max(1e-6, Math.abs(wanted.doubleValue()) * 1e-8));
    } else {
      assertThat(text(given, expected)).as(place).isEqualTo(expected);
    }
  }

  /** NULL is nothing between bars. */
  private static String text(@Nullable Object given, String expected) {
    if (given == null) {
      return "";
    }
    return given instanceof Integer day && expected.contains("-")
        ? LocalDate.ofEpochDay(day).toString()
        : given.toString();
  }
}
