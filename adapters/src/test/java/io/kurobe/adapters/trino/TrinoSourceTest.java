package io.kurobe.adapters.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.testing.TcpProxy;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.net.URI;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link TrinoContract} of a server that gives results itself. */
class TrinoSourceTest extends TrinoContract {
  private static final String SCHEMA = "direct";

  @BeforeAll
  static void fill() throws SQLException {
    fill(SCHEMA);
  }

  @Override
  String url() {
    return TrinoServer.url("memory/" + SCHEMA);
  }

  @Test
  void readsTheTypesOfColumns() {
    assertThat(table(source().readCatalog(), SCHEMA, "types").columns())
        .extracting(TableMetadata.Column::type)
        .containsExactly(
            SqlType.array(SqlType.INTEGER),
            SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
            SqlType.row(
                List.of(
                    new Field("x", SqlType.INTEGER, true),
                    new Field("y z", SqlType.array(SqlType.VARCHAR), true))),
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMP_TZ,
            SqlType.UUID,
            SqlType.JSON,
            SqlType.VARBINARY,
            SqlType.character(3),
            SqlType.TIME,
            SqlType.DOUBLE,
            SqlType.SMALLINT);
    assertThat(table(source().readCatalog(), SCHEMA, "people").comment()).contains("who we know");
  }

  @Test
  void aUserWhoMayNotAskForCommentsDoesWithout() {
    try (Source guests = make(SourceConfig.ofUrl("lake", "trino", url(), "guest"))) {
      TableMetadata people = table(guests.readCatalog(), SCHEMA, "people");
      assertThat(people.columns()).hasSize(4);
      assertThat(people.comment()).isEmpty();
    }
  }

  @Test
  void anOutageWhileCommentsAreReadIsAnOutage() {
    URI server = URI.create(url().substring("jdbc:".length()));
    try (TcpProxy network = TcpProxy.before(server.getPort())) {
      String through = url().replace(":" + server.getPort() + "/", ":" + network.port() + "/");
      try (Source source = make(SourceConfig.ofUrl("lake", "trino", through, "kurobe"))) {
        network.breakAt("table_comments");
        assertThatThrownBy(source::readCatalog)
            .isInstanceOfSatisfying(
                KurobeException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE))
            .hasMessageContaining("source lake");
        network.breakAt("");
        assertThat(table(source.readCatalog(), SCHEMA, "people").comment()).contains("who we know");
      }
    }
  }

  @Test
  void readsTpchAndItsStatistics() {
    try (Source tpch =
        make(SourceConfig.ofUrl("tpch", "trino", TrinoServer.url("tpch/tiny"), "kurobe"))) {
      assertThat(tpch.defaultSchema()).isEqualTo("tiny");
      assertThat(tpch.readCatalog().schemas())
          .filteredOn(schema -> schema.name().equals("tiny"))
          .flatExtracting(schema -> schema.tables().stream().map(TableMetadata::name).toList())
          .containsExactly(
              "customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier");
      TableStatistics orders = tpch.statistics("tiny", "orders").orElseThrow();
      assertThat(orders.rowCount()).isEqualTo(15_000);
      assertThat(orders.columns().get("custkey").distinctValues().orElseThrow()).isEqualTo(1_000);
      String sql =
          "SELECT returnflag, count(*), sum(extendedprice), max(shipdate) FROM lineitem"
              + " GROUP BY returnflag ORDER BY returnflag";
      List<Field> columns =
          List.of(
              new Field("f", SqlType.character(1), true),
              new Field("n", SqlType.BIGINT, true),
              new Field("s", SqlType.decimal(38, 2), true),
              new Field("d", SqlType.DATE, true));
      assertThat(Rows.of(tpch.read(request(sql, columns))))
          .hasSize(3)
          .extracting(row -> row.get(0))
          .containsExactly("A", "N", "R");
    }
  }

  @Test
  void runsInTheSessionsZone() {
    List<Field> column = List.of(new Field("v", SqlType.VARCHAR, true));
    assertThat(
            Rows.of(
                source()
                    .read(request("SELECT current_timezone()", column, ZoneId.of("Asia/Tokyo")))))
        .containsExactly(row("Asia/Tokyo"));
  }

  @Test
  void takesATimeOutOfSocketsFromItsUrl() {
    try (Source patient = make(SourceConfig.ofUrl("lake", "trino", url() + "&timeout=20s", "me"))) {
      assertThat(patient.health().up()).as(patient.health().detail()).isTrue();
    }
  }

  @Test
  void refusesAUrlWithoutACatalog() {
    for (String bad : List.of("jdbc:trino://127.0.0.1:1", "jdbc:postgresql://127.0.0.1/x")) {
      assertThatThrownBy(() -> make(SourceConfig.ofUrl("bad", "trino", bad, "kurobe")))
          .isInstanceOf(KurobeException.class)
          .hasMessageContaining("bad")
          .hasMessageContaining("jdbc:trino://host:port/catalog");
    }
  }
}
