package io.kurobe.nl2sql.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.memory.TaughtPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaughtIndexTest {
  private static TaughtPair pair(String question, String sql) {
    return new TaughtPair(question, sql, "ada", Instant.EPOCH);
  }

  private static TaughtIndex index(String question, String sql) {
    return new TaughtIndex(List.of(pair(question, sql)));
  }

  @Test
  void findsAQuestionThatDiffersInTwoValues() {
    TaughtIndex index =
        index(
            "top 5 orders shipped to New York",
            "SELECT \"id\" FROM \"a\".\"b\".\"o\" WHERE \"city\" = 'New York'\n"
                + "FETCH NEXT 5 ROWS ONLY");
    assertThat(index.find("Top 10 orders shipped to Oslo?"))
        .singleElement()
        .satisfies(match -> assertThat(match.values()).containsExactly("10", "oslo"));
  }

  @Test
  void doesNotFindWhatDiffersInMoreThanValues() {
    TaughtIndex index =
        index("orders from Berlin", "SELECT * FROM \"o\" WHERE \"city\" = 'Berlin'");
    assertThat(index.find("customers from Berlin")).isEmpty();
    assertThat(index.find("orders not from Berlin")).isEmpty();
    assertThat(index.find("orders from Berlin last year"))
        .allSatisfy(match -> assertThat(match.values()).containsExactly("berlin last year"));
  }

  @Test
  void aSignIsAWord() {
    TaughtIndex index = index("orders > 5", "SELECT * FROM \"o\" WHERE \"n\" > 5");
    assertThat(index.find("orders < 5")).isEmpty();
  }

  @Test
  void tenThousandPairsCostNoMoreThanOne() {
    List<TaughtPair> pairs = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      pairs.add(
          pair(
              "how many items of kind k" + i + " cost more than " + i + " in shop s" + i % 50,
              "SELECT COUNT(*) FROM \"t\" WHERE \"kind\" = 'k"
                  + i
                  + "' AND \"cost\" > "
                  + i
                  + " AND \"shop\" = 's"
                  + i % 50
                  + "'"));
    }
    long before = System.nanoTime();
    TaughtIndex index = new TaughtIndex(pairs);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    before = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(
              index.find(
                  "how many items of kind k" + i + " cost more than " + i + " in shop s" + i % 50))
          .isNotEmpty();
      index.find(
          "what is the average cost of all the items that were sold in the shop yesterday " + i);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before).dividedBy(200))
        .isLessThan(Duration.ofMillis(100));
  }
}
