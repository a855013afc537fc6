package io.kurobe.server.store;

import io.kurobe.server.statement.History;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a gateway that was killed now would find of its history when it starts again. */
public final class SurvivingHistory {
  private SurvivingHistory() {}

  /** Of a directory that a gateway may have open; by id. */
  public static List<History.Entry> of(Path data) throws IOException, SQLException {
    Map<String, History.Entry> found = new TreeMap<>();
    // The journal first: what leaves it is in the database.
    put(found, HistoryJournal.in(data));
    put(found, stored(data));
    return List.copyOf(found.values());
  }

  private static void put(Map<String, History.Entry> found, Collection<History.Entry> entries) {
    entries.forEach(entry -> found.put(entry.queryId(), entry));
  }

  private static List<History.Entry> stored(Path data) throws SQLException {
    List<History.Entry> entries = new ArrayList<>();
    try (Connection state =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("state.sqlite"));
        Statement statement = state.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT query_id, principal, statement, kind, started, ended, row_count, outcome,"
                    + " sqlstate FROM query_history")) {
      while (rows.next()) {
        entries.add(
            new History.Entry(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                Optional.ofNullable(rows.getString(4)),
                Instant.ofEpochMilli(rows.getLong(5)),
                Instant.ofEpochMilli(rows.getLong(6)),
                rows.getLong(7),
                History.Outcome.valueOf(rows.getString(8)),
                Optional.ofNullable(rows.getString(9))));
      }
    }
    return entries;
  }
}
