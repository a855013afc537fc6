package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import io.kurobe.planner.testing.Placements.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What masks are made of means the same wherever it is computed. */
class DigestsTest {
  @TempDir private static Path directory;

  private static Placements placements;

  @BeforeAll
  static void open() throws Exception {
    String rows =
        "(1, 'ada@example.com', DATE '1815-12-10', TIMESTAMP '1999-12-31 23:59:59.999999'),"
            + " (2, 'é🦆', DATE '2000-01-01', TIMESTAMP '1969-02-03 04:05:06'),"
            + " (3, '', DATE '1969-12-31', TIMESTAMP '2024-02-29 00:00:00'), (4, NULL, NULL, NULL)";
    String columns = "id integer, w text, d date, t timestamp";
    placements =
        Placements.of(
            "digests",
            directory,
            new Table("people", Home.POSTGRES, columns, rows),
            new Table("mirror", Home.DUCKDB, columns, rows));
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aDigestIsThatOfTheBytesInUtf8InHexadecimal() throws Exception {
    for (String table : new String[] {"people", "mirror"}) {
      placements.gives(
          "SELECT SHA256('salt' || w) FROM " + table + " ORDER BY id",
          row(sha256("saltada@example.com")),
          row(sha256("salté🦆")),
          row(sha256("salt")),
          row((Object) null));
    }
    placements.gives(
        "SELECT COUNT(*) FROM people p JOIN mirror m ON SHA256(p.w) = SHA256(m.w)", row(3L));
  }

  @Test
  void theSourceComputesDigests() {
    for (Placement placement :
        new Placement[] {Placement.POSTGRES, Placement.DUCKDB, Placement.TRINO}) {
      assertThat(placements.query(placement, "EXPLAIN SELECT SHA256(w) FROM people"))
          .as(placement.name())
          .singleElement()
          .satisfies(row -> assertThat(row.toString()).containsIgnoringCase("SHA256("));
    }
  }

  @Test
  void theLastCharactersAndTheYearAreTheSame() {
    for (String table : new String[] {"people", "mirror"}) {
      placements.gives(
          "SELECT CASE WHEN w IS NULL THEN NULL WHEN CHAR_LENGTH(w) >= 8 THEN '****' || RIGHT(w, 4)"
              + " ELSE '****' END, EXTRACT(YEAR FROM FLOOR(d TO YEAR)) * 1000 + EXTRACT(DOY FROM"
              + " FLOOR(d TO YEAR)), CAST(FLOOR(t TO YEAR) AS VARCHAR) FROM "
              + table
              + " ORDER BY id",
          row("****.com", 1_815_001L, "1999-01-01 00:00:00"),
          row("****", 2_000_001L, "1969-01-01 00:00:00"),
          row("****", 1_969_001L, "2024-01-01 00:00:00"),
          row(null, null, null));
    }
  }

  @Test
  void aDateThatIsCutIsADateAlsoAsText() {
    for (String table : new String[] {"people", "mirror"}) {
      placements.gives(
          "SELECT CAST(FLOOR(d TO YEAR) AS VARCHAR), CAST(CEIL(d TO MONTH) AS VARCHAR) || '!',"
              + " COUNT(*) FROM "
              + table
              + " WHERE CAST(FLOOR(d TO YEAR) AS VARCHAR) <> '2000-01-01'"
              + " GROUP BY FLOOR(d TO YEAR), CEIL(d TO MONTH) ORDER BY 1",
          row("1815-01-01", "1816-01-01!", 1L),
          row("1969-01-01", "1970-01-01!", 1L));
    }
  }
}
