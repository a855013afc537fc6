package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Metadata of ten thousand tables: what is told of them was read with the catalog, by a few
 * statements for all of them, and asking for it sends the source nothing.
 */
@Timeout(300)
class ManyTablesTest {
  private static final int MANY = 10_000;

  private static PostgresServer.Database erp;
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) {
    erp =
        PostgresServer.database(
            "many_tables",
            // A transaction holds a lock on each table that it made.
            """
            DO $$ BEGIN
              FOR i IN 1..%d LOOP
                EXECUTE format('CREATE TABLE t_%%s (id int, name text, parent int)', i);
                IF i %% 500 = 0 THEN COMMIT; END IF;
              END LOOP;
            END $$
            """
                .formatted(MANY),
            """
            ALTER TABLE t_1 ADD PRIMARY KEY (id);
            ALTER TABLE t_7777 ADD PRIMARY KEY (id), ADD FOREIGN KEY (parent) REFERENCES t_1;
            """);
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              erp: {type: postgres, url: "%s", user: %s}
            """
                .formatted(erp.url(), erp.user()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void metadataOfOneAndOfAllAsksNoSource() throws SQLException {
    try (Connection connection = gateway.connect()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(rows(metadata.getTables("erp", null, "%", null), "TABLE_NAME")).hasSize(MANY);
      List<String> forTheCatalog = erp.statements("kurobe");
      assertThat(forTheCatalog).hasSizeBetween(1, 20);

      assertThat(rows(metadata.getTables(null, "public", "t\\_7777", null), "TABLE_NAME"))
          .containsExactly("t_7777");
      assertThat(rows(metadata.getTables(null, null, "%", null), "TABLE_NAME")).hasSize(MANY);
      assertThat(rows(metadata.getColumns("erp", null, "t_7777", "%"), "COLUMN_NAME"))
          .containsExactly("id", "name", "parent");
      assertThat(rows(metadata.getColumns("erp", null, "%", "%"), "COLUMN_NAME")).hasSize(3 * MANY);
      assertThat(rows(metadata.getPrimaryKeys("erp", null, "t_7777"), "COLUMN_NAME"))
          .containsExactly("id");
      assertThat(rows(metadata.getPrimaryKeys("erp", null, null), "TABLE_NAME"))
          .containsExactly("t_1", "t_7777");
      assertThat(rows(metadata.getImportedKeys("erp", null, "t_7777"), "PKTABLE_NAME"))
          .containsExactly("t_1");
      assertThat(rows(metadata.getImportedKeys(null, null, null), "FKTABLE_NAME"))
          .containsExactly("t_7777");
      assertThat(rows(metadata.getExportedKeys("erp", "public", "t_1"), "FKTABLE_NAME"))
          .containsExactly("t_7777");
      assertThat(rows(metadata.getIndexInfo("erp", null, "t_7777", true, true), "COLUMN_NAME"))
          .containsExactly("id");
      assertThat(rows(metadata.getTablePrivileges("erp", null, "%"), "PRIVILEGE")).hasSize(MANY);

      assertThat(erp.statements("kurobe")).isEqualTo(forTheCatalog);
    }
  }
}
