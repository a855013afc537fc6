package io.kurobe.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbInstanceTest {
  @TempDir Path directory;

  @Test
  void whatSpillsIsBoundedAlsoWhereNobodySaidHow() throws SQLException {
    assertThat(spillLimit(Optional.empty())).matches("[0-9.]+ [KMGT]iB");
    assertThat(spillLimit(Optional.of("5MiB"))).isEqualTo("5.0 MiB");
  }

  private String spillLimit(Optional<String> given) throws SQLException {
    var settings =
        new DuckDbInstance.Settings(
            Optional.of("100MiB"),
            OptionalInt.of(1),
            Optional.of(directory.resolve("not/made/yet")),
            given);
    try (DuckDbInstance duckDb = DuckDbInstance.open(settings);
        DuckDBConnection connection = duckDb.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT current_setting('max_temp_directory_size')")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
