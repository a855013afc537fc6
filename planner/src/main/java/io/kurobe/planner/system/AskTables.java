package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.memory.AskedQuestion;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.ask.history}, {@code candidates} and {@code examples}: what people asked and
 * taught, shown to who did and to administrators.
 */
record AskTables(Memory memory, BiFunction<Session, String, Optional<String>> reason) {
  static final String SCHEMA = "ask";

  /** Queries that are looked at again to say whether they still hold; the others are just shown. */
  private static final int MOST_CHECKED = 200;

  /**
   * The tables.
   *
   * @param reason why a query of Kurobe's SQL can no longer be run by a session; empty if it can
   */
  static List<SystemTable> of(Memory memory, BiFunction<Session, String, Optional<String>> reason) {
    var tables = new AskTables(memory, reason);
    return List.of(tables.history(), tables.candidates(), tables.examples());
  }

  private static boolean sees(Viewer viewer, String principal) {
    return viewer.sees(principal) || isAdministrator(viewer);
  }

  private static boolean isAdministrator(Viewer viewer) {
    return viewer.seesEveryone() || viewer.principal().roles().contains(AccessControl.ADMIN);
  }

  private SystemTable history() {
    return new SystemTable(
        SCHEMA,
        "history",
        "the last questions, with the queries that answered them and what the askers said of those",
        List.of(
            column("query_id", SqlType.VARCHAR),
            column("principal", SqlType.VARCHAR),
            column("asked", SqlType.TIMESTAMP_TZ),
            column("question", SqlType.VARCHAR),
            column("whole_question", SqlType.VARCHAR),
            column("statement", SqlType.VARCHAR),
            column("confidence", SqlType.DOUBLE),
            column("outcome", SqlType.VARCHAR),
            column("accepted", SqlType.BOOLEAN),
            column("remark", SqlType.VARCHAR)),
        viewer ->
            memory.history().stream()
                .filter(asked -> sees(viewer, asked.principal()))
                .map(AskTables::asked)
                .toList());
  }

  private static List<@Nullable Object> asked(AskedQuestion asked) {
    return row(
        asked.queryId().orElse(null),
        asked.principal(),
        asked.asked(),
        asked.question(),
        asked.whole(),
        asked.sql().orElse(null),
        asked.sql().isPresent() ? asked.confidence() : null,
        asked.outcome(),
        asked.accepted().orElse(null),
        asked.comment().orElse(null));
  }

  private SystemTable candidates() {
    return new SystemTable(
        SCHEMA,
        "candidates",
        "the queries that were proposed for the last questions",
        List.of(
            column("query_id", SqlType.VARCHAR),
            column("principal", SqlType.VARCHAR),
            column("question", SqlType.VARCHAR),
            column("candidate", SqlType.INTEGER),
            column("generator", SqlType.VARCHAR),
            column("statement", SqlType.VARCHAR),
            column("verdict", SqlType.VARCHAR),
            column("confidence", SqlType.DOUBLE)),
        viewer -> {
          List<List<@Nullable Object>> rows = new ArrayList<>();
          for (AskedQuestion asked : memory.history()) {
            if (!sees(viewer, asked.principal())) {
              continue;
            }
            for (AskedQuestion.AskedCandidate candidate : asked.candidates()) {
              rows.add(
                  row(
                      asked.queryId().orElse(null),
                      asked.principal(),
                      asked.question(),
                      candidate.number(),
                      candidate.generator(),
                      candidate.sql(),
                      candidate.verdict(),
                      candidate.confidence().orElse(null)));
            }
          }
          return rows;
        });
  }

  private SystemTable examples() {
    return new SystemTable(
        SCHEMA,
        "examples",
        "taught questions; 'suggested' are answers that several accepted and nobody taught yet",
        List.of(
            column("question", SqlType.VARCHAR),
            column("statement", SqlType.VARCHAR),
            column("owner", SqlType.VARCHAR),
            column("taught", SqlType.TIMESTAMP_TZ),
            column("state", SqlType.VARCHAR),
            column("reason", SqlType.VARCHAR)),
        this::examples);
  }

  private List<List<@Nullable Object>> examples(Viewer viewer) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TaughtPair pair : memory.taught()) {
      if (!sees(viewer, pair.owner())) {
        continue;
      }
      Optional<String> failure =
          rows.size() < MOST_CHECKED
              ? reason.apply(viewer.session(), pair.sql())
              : Optional.empty();
      rows.add(
          row(
              pair.question(),
              pair.sql(),
              pair.owner(),
              pair.taught(),
              failure.isPresent() ? "set aside" : "verified",
              failure.orElse(null)));
    }
    if (isAdministrator(viewer)) {
      for (Memory.Suggestion suggestion : memory.suggestions()) {
        rows.add(
            row(
                suggestion.question(),
                suggestion.sql(),
                null,
                null,
                "suggested",
                "accepted " + suggestion.acceptances() + " times"));
      }
    }
    return rows;
  }
}
