package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DatabaseMetaDataTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "orders;            n = 'orders'",
        "O'Hara;            n = 'O''Hara'",
        "order\\_items;     n = 'order_items'",
        "a\\\\b;            n = 'a\\b'",
        "a\\;               n = 'a\\'",
        "``;                n = ''",
        "order%;            n LIKE 'order%' ESCAPE '\\'",
        "order_items;       n LIKE 'order_items' ESCAPE '\\'",
        "a\\_b%c\\%;        n LIKE 'a\\_b%c\\%' ESCAPE '\\'",
        "\\a_;              n LIKE 'a_' ESCAPE '\\'",
        "_\\;               n LIKE '_\\\\' ESCAPE '\\'",
      })
  void aPatternIsAConditionWithConstants(String pattern, String condition) {
    assertThat(MetadataQuery.over("tables").columns("N").pattern("n", pattern).sql())
        .isEqualTo("SELECT \"n\" AS \"N\" FROM system.jdbc.tables WHERE " + condition);
  }

  @Test
  void whatRestrictsNothingIsNoCondition() {
    assertThat(
            MetadataQuery.over("tables")
                .columns("N")
                .name("a", null)
                .pattern("n", null)
                .pattern("n", "%")
                .orderBy("n")
                .sql())
        .isEqualTo("SELECT \"n\" AS \"N\" FROM system.jdbc.tables ORDER BY n");
  }

  @Test
  void aServerThatIsGoneIsAnSqlException() throws SQLException {
    DatabaseMetaData metadata;
    Connection connection;
    try (AvaticaTestServer server = new AvaticaTestServer()) {
      connection = DriverManager.getConnection(server.url());
      metadata = connection.getMetaData();
    }
    for (ThrowingCallable question :
        new ThrowingCallable[] {
          metadata::getCatalogs,
          () -> metadata.getTables(null, null, "%", null),
          () -> metadata.getColumns(null, null, "%", "%"),
          () -> metadata.getPrimaryKeys(null, null, "orders"),
          metadata::getTypeInfo
        }) {
      assertThatThrownBy(question)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }
    connection.close();
  }
}
