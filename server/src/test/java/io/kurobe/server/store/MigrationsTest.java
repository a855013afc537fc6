package io.kurobe.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.server.config.StateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
  /** Checksums of what was released, as Flyway keeps them in the stores there are. */
  private static final Map<String, Integer> RELEASED = Map.of("1", -1736276360);

  private static final String OF_VERSION_1 =
      """
      INSERT INTO views (name, query, comment, owner) VALUES ('old', 'SELECT 1', 'kept', 'ada');
      INSERT INTO view_columns (view_name, position, label) VALUES ('old', 1, 'a'), ('old', 2, 'b');
      INSERT INTO query_history (query_id, principal, statement, kind, started, ended, row_count,
        outcome) VALUES ('q1', 'ada', 'SELECT 1', 'QUERY', 1000, 2000, 1, 'FINISHED');
      """;

  @TempDir private Path directory;

  static Stream<String> versions() throws Exception {
    Path empty = Files.createTempDirectory("migrations");
    return Arrays.stream(Migrations.SQLITE.over(SqliteDatabase.source(empty)).info().all())
        .map(migration -> migration.getVersion().toString());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aSqliteStoreOfEachEarlierVersionIsOpened(String version) throws SQLException {
    DataSource source = SqliteDatabase.source(directory);
    Migrations.SQLITE.apply(source, version);
    execute(source, OF_VERSION_1);
    try (StateStore store = StateStore.open(directory)) {
      assertHoldsWhatItHeld(store);
    }
    assertThat(Migrations.SQLITE.over(source).info().pending()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aPostgresStoreOfEachEarlierVersionIsOpened(String version) throws SQLException {
    PGSimpleDataSource source = postgres();
    Migrations.POSTGRES.apply(source, version);
    execute(source, OF_VERSION_1);
    StateSettings settings =
        new StateSettings(source.getURL(), Optional.of(source.getUser()), Optional.empty());
    try (StateStore store = StateStore.open(settings)) {
      assertHoldsWhatItHeld(store);
    }
    assertThat(Migrations.POSTGRES.over(source).info().pending()).isEmpty();
  }

  private static PGSimpleDataSource postgres() {
    PostgresServer.Database database = PostgresServer.database("migrations");
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser(database.user());
    source.setCurrentSchema(PostgresDatabase.SCHEMA);
    return source;
  }

  private static void assertHoldsWhatItHeld(StateStore store) {
    assertThat(store.views().list())
        .containsExactly(
            new ViewDefinition(
                "old",
                "SELECT 1",
                List.of("a", "b"),
                Optional.of("kept"),
                Optional.empty(),
                "ada"));
    assertThat(store.history().latest(9))
        .singleElement()
        .satisfies(entry -> assertThat(entry.queryId()).isEqualTo("q1"));
  }

  @Test
  void whatWasReleasedHasNotChanged() {
    MigrationInfo[] all = Migrations.SQLITE.over(SqliteDatabase.source(directory)).info().all();
    RELEASED.forEach(
        (version, checksum) ->
            assertThat(all)
                .filteredOn(migration -> migration.getVersion().toString().equals(version))
                .extracting(MigrationInfo::getChecksum)
                .containsExactly(checksum));
  }

  @Test
  void bothDatabasesHaveTheSameMigrations() {
    assertThat(names(Migrations.POSTGRES.over(postgres()).info().all()))
        .isEqualTo(names(Migrations.SQLITE.over(SqliteDatabase.source(directory)).info().all()));
  }

  private static List<String> names(MigrationInfo[] migrations) {
    return Arrays.stream(migrations)
        .map(migration -> migration.getVersion() + " " + migration.getDescription())
        .toList();
  }

  private static void execute(DataSource source, String script) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : script.split(";\\s*\n")) {
        statement.execute(sql);
      }
    }
  }
}
