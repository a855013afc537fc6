package io.kurobe.server.security.grant;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A few tables that rights are given on, and who says so. */
final class Shop implements KnownTables {
  static final TableName ORDERS = new TableName("sales", "public", "orders");
  static final TableName CUSTOMERS = new TableName("sales", "public", "customers");
  static final TableName SALARIES = new TableName("files", "hr", "salaries");
  static final TableName RECENT = new TableName("views", "main", "recent");

  private static final StatementParser PARSER = new StatementParser();

  private final List<Known> known =
      List.of(
          new Known(
              ORDERS,
              List.of("id", "region", "total", "placed"),
              List.of(SqlType.BIGINT, SqlType.VARCHAR, SqlType.decimal(10, 2), SqlType.DATE)),
          new Known(
              CUSTOMERS,
              List.of("id", "name", "email"),
              List.of(SqlType.BIGINT, SqlType.VARCHAR, SqlType.VARCHAR)),
          new Known(
              SALARIES, List.of("person", "amount"), List.of(SqlType.VARCHAR, SqlType.BIGINT)),
          new Known(RECENT, List.of("id", "total"), List.of()));

  static Session session(Grants grants, String user) {
    return session(grants.principal(user, Set.of(), Map.of()));
  }

  static Session session(Principal principal) {
    return new Session(
        "connection", principal, ZoneOffset.UTC, List.of(), Limits.DEFAULT, Map.of());
  }

  static Session administrator() {
    return session(new Principal("root", Set.of("admin", "public")));
  }

  /** Carries out statements as an administrator. */
  static void say(Grants grants, String... statements) {
    for (String sql : statements) {
      run(grants, administrator(), sql);
    }
  }

  static List<List<Object>> run(Grants grants, Session session, String sql) {
    Statement.Security statement = (Statement.Security) PARSER.parse(sql);
    return grants.administration().run(session, statement.statement());
  }

  @Override
  public List<KnownSource> sources() {
    return List.of(
        new KnownSource("sales", "public", List.of("public", "private")),
        new KnownSource("files", "main", List.of("main", "hr")),
        new KnownSource("down", "main", List.of()),
        new KnownSource("views", "main", List.of("main")));
  }

  @Override
  public List<Known> tables(String source, String schema) {
    return known.stream()
        .filter(
            table -> table.name().source().equals(source) && table.name().schema().equals(schema))
        .toList();
  }

  @Override
  public Optional<Known> find(TableName name) {
    return known.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  @Override
  public void check(Session session, TableName table, Optional<String> column, String expression) {
    // What binds and what does not is the planner's to say, and tested with it.
  }
}
