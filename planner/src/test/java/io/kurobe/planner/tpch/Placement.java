package io.kurobe.planner.tpch;

import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.util.Arrays;

/** Where the tables are, as a search path, and whether sources do more than scan. */
enum Placement {
  POSTGRES("on", "whole.public"),
  DUCKDB("on", "local.main"),
  SPLIT("on", "some.public", "rest.main"),
  SPLIT_NOT_PUSHED("off", "some.public", "rest.main"),
  /** Trino has {@code part} and {@code lineitem}, whose columns that are asked for have no text. */
  SPLIT_OVER_TRINO("on", "some.public", "few.main", "lake.%s");

  private final String pushdown;
  private final String[] path;

  Placement(String pushdown, String... path) {
    this.pushdown = pushdown;
    this.path = path;
  }

  Session session(Session session, String trinoSchema) {
    return session
        .withSearchPath(
            Arrays.stream(path)
                .map(entry -> SearchPathEntry.parse(entry.replace("%s", trinoSchema)))
                .toList())
        .withSetting("pushdown", pushdown);
  }
}
