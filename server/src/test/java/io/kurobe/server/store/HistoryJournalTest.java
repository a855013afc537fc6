package io.kurobe.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.statement.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryJournalTest {
  private static final Instant NOW = Instant.parse("2026-01-31T14:25:00Z");

  @TempDir private Path directory;

  private static History.Entry entry(int number, String sql) {
    return new History.Entry(
        "q" + (100_000 + number),
        "alice",
        sql,
        number % 2 == 0 ? Optional.of("QUERY") : Optional.empty(),
        NOW.plusMillis(number),
        NOW.plusMillis(number + 5),
        number,
        number % 2 == 0 ? History.Outcome.FINISHED : History.Outcome.FAILED,
        number % 2 == 0 ? Optional.empty() : Optional.of("42601"));
  }

  private HistoryJournal open() {
    return HistoryJournal.open(directory).orElseThrow();
  }

  private Path file(String name) {
    return directory.resolve("history-" + name + ".journal");
  }

  @Test
  void holdsWhatItWasGivenUntilItMayForget() throws IOException {
    try (HistoryJournal journal = open()) {
      HistoryJournal.Kept first = journal.append(entry(1, "SELECT '日本 🦉\n\0\"'")).orElseThrow();
      HistoryJournal.Kept second = journal.append(entry(2, "SELECT 2")).orElseThrow();
      first.forget();
      assertThat(HistoryJournal.in(directory))
          .containsExactly(entry(1, "SELECT '日本 🦉\n\0\"'"), entry(2, "SELECT 2"));
      second.forget();
      assertThat(HistoryJournal.in(directory)).isEmpty();
      assertThat(Files.size(file("a"))).isZero();
    }
  }

  @Test
  void belongsToOneProcessAtATime() {
    try (HistoryJournal journal = open()) {
      assertThat(HistoryJournal.open(directory)).isEmpty();
      assertThat(journal.append(entry(1, "SELECT 1"))).isPresent();
    }
    open().close();
  }

  @Test
  void whatAFaultLeftOfAnEntryHidesNoOther() throws IOException {
    try (HistoryJournal journal = open()) {
      journal.append(entry(1, "SELECT 1"));
    }
    String whole = Files.readString(file("a"));
    Files.write(
        file("a"),
        Stream.of(
                "\0\0\0\n{\"queryId\":\"q1\"}\n",
                whole,
                "[]\n",
                whole.replace("100001", "100003"),
                whole.substring(0, 40))
            .reduce(String::concat)
            .orElseThrow()
            .getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(HistoryJournal.in(directory))
        .extracting(History.Entry::queryId)
        .containsExactly("q100001", "q100003");
  }

  @Test
  void anInterruptedThreadLosesNothing() throws IOException {
    try (HistoryJournal journal = open()) {
      Thread.currentThread().interrupt();
      journal.append(entry(1, "SELECT 1"));
      assertThat(Thread.interrupted()).isTrue();
      journal.append(entry(2, "SELECT 2"));
      assertThat(HistoryJournal.in(directory)).hasSize(2);
    }
  }

  /** Entries come faster than they go, and never all have gone. */
  @Test
  void staysSmallWhereEntriesNeverStopComing() throws IOException {
    try (HistoryJournal journal = open()) {
      Deque<HistoryJournal.Kept> kept = new ArrayDeque<>();
      String sql = "SELECT '" + "x".repeat(10_000) + "'";
      for (int i = 0; i < 5_000; i++) {
        kept.add(journal.append(entry(i, sql)).orElseThrow());
        if (kept.size() > 20) {
          kept.poll().forget();
        }
      }
      assertThat(Files.size(file("a")) + Files.size(file("b"))).isLessThan(4 << 20);
      assertThat(HistoryJournal.in(directory))
          .extracting(History.Entry::queryId)
          .contains("q104999", "q104980");
    }
  }

  @Test
  void refusesWhatItHasNoRoomFor() throws IOException {
    try (HistoryJournal journal = open()) {
      String sql = "x".repeat(100_000);
      int taken = 0;
      while (journal.append(entry(taken, sql)).isPresent()) {
        taken++;
      }
      assertThat(taken).isBetween(80, 200);
      assertThat(HistoryJournal.in(directory)).hasSize(taken);
    }
  }

  @Test
  void theNextStoreWritesDownWhatAKilledProcessLeft() throws IOException {
    try (StateStore store = StateStore.open(directory)) {
      store.history().record(entry(1, "SELECT 1")).join();
    }
    try (HistoryJournal journal = open()) {
      // One of them is in the database already: the process was killed before it was forgotten.
      journal.append(entry(1, "SELECT 1"));
      journal.append(entry(2, "SELECT 2"));
    }
    try (StateStore store = StateStore.open(directory)) {
      assertThat(store.history().latest(10))
          .containsExactly(entry(2, "SELECT 2"), entry(1, "SELECT 1"));
      assertThat(HistoryJournal.in(directory)).isEmpty();
    }
  }

  @Test
  void aSecondStoreOfADirectoryLeavesTheJournalAlone() throws IOException {
    try (HistoryJournal journal = open()) {
      journal.append(entry(1, "SELECT 1"));
      try (StateStore other = StateStore.open(directory)) {
        other.history().record(entry(2, "SELECT 2")).join();
        assertThat(other.history().latest(10)).containsExactly(entry(2, "SELECT 2"));
      }
      assertThat(HistoryJournal.in(directory)).containsExactly(entry(1, "SELECT 1"));
    }
  }
}
