package io.kurobe.planner.plan;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import java.util.List;

/** {@link ReplanningContract} of PostgreSQL; {@link ReplanningTest} has what only it may do. */
class PostgresReplanningTest extends ReplanningContract {
  private PostgresServer.Database database;

  @Override
  SourceConfig source() {
    database = PostgresServer.database("replanning_contract");
    return SourceConfig.ofUrl("s", "postgres", database.url(), database.user());
  }

  @Override
  void replace(String columns, List<String> rows) {
    database.execute(
        "DROP TABLE IF EXISTS t; CREATE TABLE t ("
            + columns
            + "); INSERT INTO t VALUES ("
            + String.join("), (", rows).replace("TIMESTAMP '", "'")
            + ")");
  }
}
