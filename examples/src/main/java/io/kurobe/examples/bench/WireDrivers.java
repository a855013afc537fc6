package io.kurobe.examples.bench;

import io.kurobe.examples.local.Shutdown;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The drivers that {@code wire} measures, with their connections open. The shutdown that it was
 * given closes them.
 */
final class WireDrivers {
  static final String KUROBE = "Kurobe";
  static final String PGJDBC = "pgjdbc";
  static final String AVATICA = "Avatica";

  private static final String IN_POSTGRES = "postgres.public.orders";
  private static final int LARGE_FETCH = 10_000;

  private final Shutdown shutdown;
  private final Map<String, Connection> asking = new LinkedHashMap<>();
  private final List<OrdersReader> reading = new ArrayList<>();

  WireDrivers(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  /** One connection of each driver, for what is nothing by itself. */
  Map<String, Connection> asking() {
    return asking;
  }

  /** Each driver over each table. */
  List<OrdersReader> reading() {
    return reading;
  }

  void addKurobe(ServerProcess server) throws SQLException {
    Connection connection = connect(server.url());
    asking.put(KUROBE, connection);
    read(KUROBE + ", from PostgreSQL", connection, IN_POSTGRES, 0);
    read(KUROBE + ", from a DuckDB file", connection, TpchSources.DUCKDB + ".main.orders", 0);
  }

  /**
   * With its statements prepared at the server from their first execution: they are read binary.
   */
  void addPostgres(TpchSources sources) throws SQLException {
    String url =
        sources.postgres().url(sources.database())
            + "?prepareThreshold=1&user="
            + sources.postgres().user();
    Connection whole = connect(url);
    asking.put(PGJDBC, whole);
    read(PGJDBC + ", all at once", whole, "orders", 0);
    // It reads part by part only inside a transaction.
    Connection parts = connect(url);
    parts.setAutoCommit(false);
    read(PGJDBC + ", 10,000 a fetch", parts, "orders", LARGE_FETCH);
  }

  void addAvatica(ServerProcess server) throws SQLException {
    String url = "jdbc:avatica:remote:url=" + server.httpUrl() + ";serialization=";
    asking.put(AVATICA + " JSON", connect(url + "json"));
    Connection protobuf = connect(url + "protobuf");
    asking.put(AVATICA + " protobuf", protobuf);
    read(AVATICA + " protobuf", protobuf, IN_POSTGRES, 0);
    Connection large = connect(url + "protobuf;fetch_size=5000");
    read(AVATICA + " protobuf, 5,000 a fetch", large, IN_POSTGRES, 0);
  }

  void addTrino(TrinoProcess trino) throws SQLException {
    Connection connection = shutdown.add(trino.connect("postgres/public"));
    asking.put("Trino", connection);
    read("Trino, from PostgreSQL", connection, "orders", 0);
  }

  private Connection connect(String url) throws SQLException {
    return shutdown.add(DriverManager.getConnection(url));
  }

  private void read(String name, Connection connection, String table, int fetchSize) {
    reading.add(shutdown.add(new OrdersReader(name, connection, table, fetchSize)));
  }
}
