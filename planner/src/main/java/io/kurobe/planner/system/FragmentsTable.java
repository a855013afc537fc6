package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.execute.FragmentLog;
import java.util.List;

/** {@code system.runtime.fragments}. */
final class FragmentsTable {
  private FragmentsTable() {}

  static SystemTable of(FragmentLog log) {
    return new SystemTable(
        "runtime",
        "fragments",
        "what each source and the engine ran of the statements at work and of the last that ended",
        List.of(
            column("query_id", SqlType.VARCHAR),
            column("principal", SqlType.VARCHAR),
            column("state", SqlType.VARCHAR),
            column("fragment", SqlType.VARCHAR),
            column("runs_on", SqlType.VARCHAR),
            column("statement", SqlType.VARCHAR),
            column("row_count", SqlType.BIGINT),
            column("byte_count", SqlType.BIGINT),
            column("elapsed_ms", SqlType.DOUBLE)),
        viewer ->
            log.entries().stream()
                .filter(entry -> viewer.sees(entry.principal()))
                .map(
                    entry ->
                        row(
                            entry.queryId(),
                            entry.principal(),
                            entry.state(),
                            entry.fragment(),
                            entry.runsOn(),
                            viewer.seesEveryone() ? entry.statement() : entry.shown(),
                            entry.rows(),
                            entry.bytes(),
                            entry.milliseconds()))
                .toList());
  }
}
