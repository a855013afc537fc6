package io.kurobe.planner.queries;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Table;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Small tables with nulls, ties and duplicates, in every placement and in a PostgreSQL of its own
 * that orders text by its bytes, as Kurobe does, and is asked without Kurobe. One thread uses it.
 */
final class QueryTables implements AutoCloseable {
  private static final Table[] TABLES = {
    new Table(
        "emp",
        Home.POSTGRES,
        "id integer, name text, dept integer, boss integer, salary numeric(10,2), hired date,"
            + " score double precision",
        "(1,'Ada',1,NULL,5000.00,'2015-03-01',9.5),(2,'Bob',1,1,4000.00,'2016-07-15',7.25),"
            + "(3,'Cleo',2,1,4500.50,'2016-02-29',NULL),(4,'dora',2,3,3000.00,'2019-11-30',6.0),"
            + "(5,'Eve',NULL,3,3000.00,'2020-01-01',8.0),(6,'Élan',3,2,NULL,'2021-12-31',5.5),"
            + "(7,'frank',9,2,2500.25,NULL,7.25)"),
    new Table(
        "dept",
        Home.DUCKDB,
        "id integer, title text, city text, budget numeric(12,2)",
        "(1,'Engines','Kobe',100000.00),(2,'Sales','Köln',50000.50),(3,'Labs',NULL,NULL),"
            + "(4,'Empty','Kobe',0.00)"),
    new Table(
        "sale",
        Home.DUCKDB,
        "id integer, emp integer, region text, product text, amount integer, price numeric(8,2),"
            + " sold timestamp",
        "(1,2,'north','bolt',10,1.50,'2024-01-01 10:00:00'),"
            + "(2,2,'south','bolt',20,1.50,'2024-01-15 12:30:00'),"
            + "(3,4,'north','nut',5,0.25,'2024-02-01 00:00:00'),"
            + "(4,4,'north','bolt',NULL,1.75,'2024-02-29 23:59:59'),"
            + "(5,5,'south','nut',30,0.20,'2024-03-10 08:15:30.5'),"
            + "(6,5,NULL,'gear',1,99.99,'2024-03-10 08:15:30.5'),"
            + "(7,NULL,'west','gear',2,NULL,NULL),"
            + "(8,2,'north','nut',10,0.30,'2023-12-31 23:59:59')"),
    new Table(
        "pair",
        Home.POSTGRES,
        "a integer, b integer, c text",
        "(1,1,'x'),(1,2,'y'),(2,NULL,'x'),(NULL,1,'z'),(NULL,NULL,NULL),(2,2,'x'),(1,1,'x')"),
    new Table(
        "twin",
        Home.DUCKDB,
        "a integer, b integer, c text",
        "(1,1,'x'),(2,2,'q'),(2,NULL,'x'),(3,NULL,'w'),(NULL,NULL,NULL),(1,1,'x')"),
    new Table("nothing", Home.POSTGRES, "a integer, b text, d numeric(6,2)", ""),
    new Table("void", Home.DUCKDB, "a integer, b text, d numeric(6,2)", "")
  };

  private final Placements placements;
  private final Connection alone;

  private QueryTables(Placements placements, Connection alone) {
    this.placements = placements;
    this.alone = alone;
  }

  /** Makes the tables; DuckDB's files go to a directory. */
  static QueryTables of(String name, Path directory) throws SQLException {
    PostgresServer.Database maker = PostgresServer.database("queries_" + name);
    String own = "queries_bytes_" + name;
    maker.execute("DROP DATABASE IF EXISTS " + own);
    maker.execute("CREATE DATABASE " + own + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    String url = maker.url().replace("queries_" + name, own);
    Connection alone = DriverManager.getConnection(url, maker.user(), "");
    try (Statement statement = alone.createStatement()) {
      for (Table table : TABLES) {
        for (String sql : table.statements()) {
          statement.execute(sql);
        }
      }
    }
    return new QueryTables(Placements.of("queries_" + name, directory, TABLES), alone);
  }

  Placements placements() {
    return placements;
  }

  /** What PostgreSQL alone answers; values as {@link #text} knows them. */
  List<List<@Nullable Object>> alone(String sql) throws SQLException {
    try (Statement statement = alone.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<@Nullable Object>> values = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(value(rows.getObject(i)));
        }
        values.add(row);
      }
      return values;
    }
  }

  /** As the rows of a placement have it. */
  private static @Nullable Object value(@Nullable Object given) throws SQLException {
    if (given instanceof Date date) {
      return date.toLocalDate();
    }
    if (given instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    }
    if (given instanceof Time time) {
      return time.toLocalTime();
    }
    return given instanceof Array array ? Arrays.asList((Object[]) array.getArray()) : given;
  }

  @Override
  public void close() throws SQLException {
    placements.close();
    alone.close();
  }
}
