package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.StatementPosition;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import io.kurobe.planner.testing.Placements.Table;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which characters a text may hold, and how a literal may write them. */
class TextTest {
  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    String words = "(1, 'é'), (2, '🦆'), (3, 'e'), (4, NULL)";
    placements =
        Placements.of(
            "text",
            directory,
            new Table("words", Home.POSTGRES, "id integer, w text", words),
            new Table("mirror", Home.DUCKDB, "id integer, w text", words));
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  @Test
  void literalsOfOtherCharacterSetsAreTheSameText() {
    placements.gives("SELECT id FROM words WHERE w = U&'\\00e9'", row(1));
    placements.gives("SELECT id FROM mirror WHERE w = U&'\\D83E\\DD86'", row(2));
    placements.gives(
        "SELECT id FROM words WHERE w IN (U&'!0065' UESCAPE '!', N'é') ORDER BY id",
        row(1),
        row(3));
    placements.gives("SELECT id FROM words WHERE w > _UTF16'é'", row(2));
    placements.gives(
        "SELECT U&'\\00e9', U&'\\00e9' || w, U&'\\00e9' = 'é' FROM words WHERE id = 3",
        row("é", "ée", true));
    placements.gives(
        "SELECT COUNT(*) FROM words a JOIN mirror b ON a.w = b.w AND b.w < U&'\\+01F986'", row(2L));
  }

  @Test
  void escapesHaveFourDigitsOrSix() {
    placements.gives(
        "SELECT U&'\\+01F986\\00e9', U&'a\\\\+01' , U&'x!+000065'\n'y!0065' UESCAPE '!' FROM words WHERE id = 1",
        row("🦆é", "a\\+01", "xeye"));
    placements.fails("SELECT U&'\\+01F9' FROM words", ErrorCode.SYNTAX);
    placements.fails("SELECT U&'\\+110000' FROM words", ErrorCode.SYNTAX);
  }

  @Test
  void aTextHoldsNoNul() {
    for (Placement placement : Placement.values()) {
      assertRefused(
          () -> placements.query(placement, "SELECT id\nFROM words WHERE w = 'a\0b'"),
          "a text holds the character NUL (U+0000)",
          new StatementPosition(2, 22));
      assertRefused(
          () -> placements.query(placement, "SELECT U&'\\0000' FROM words"),
          "a text holds the character NUL (U+0000)",
          new StatementPosition(1, 8));
      assertRefused(
          () -> placements.query(placement, "SELECT id FROM words WHERE id = ? OR w = ?", 1, "a\0"),
          "parameter 2 holds the character NUL (U+0000)",
          null);
    }
    placements.fails(
        "SELECT id FROM words WHERE w IN ('a', 'b\0')", ErrorCode.CHARACTER_NOT_IN_REPERTOIRE);
  }

  @Test
  void aTextHoldsNoHalfOfACharacter() {
    placements.fails("SELECT U&'\\D83E' FROM words", ErrorCode.CHARACTER_NOT_IN_REPERTOIRE);
    for (Placement placement : Placement.values()) {
      assertRefused(
          () -> placements.query(placement, "SELECT id FROM words WHERE w = ?", "x\uDD86"),
          "parameter 1 holds half a character (U+DD86)",
          null);
      assertThat(placements.query(placement, "SELECT id FROM words WHERE w = ?", "🦆"))
          .isEqualTo(List.of(row(2)));
    }
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable query,
      String message,
      @org.jspecify.annotations.Nullable StatementPosition position) {
    assertThatThrownBy(query)
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code().sqlState()).isEqualTo("22021");
              assertThat(e.getMessage()).startsWith(message);
              assertThat(e.position().orElse(null)).isEqualTo(position);
            });
  }
}
