package io.kurobe.server.store;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database's schema up to date. */
enum Migrations {
  SQLITE("sqlite"),
  POSTGRES("postgres");

  private static final String ROOT = "io/kurobe/server/store/migration/";

  private final String folder;

  Migrations(String folder) {
    this.folder = folder;
  }

  /** Up to the last version. */
  void apply(DataSource database) {
    configured(database).load().migrate();
  }

  /** Up to a version and no further. */
  void apply(DataSource database, String version) {
    configured(database).target(version).load().migrate();
  }

  /** What there is to apply, and what is applied. */
  Flyway over(DataSource database) {
    return configured(database).load();
  }

  private FluentConfiguration configured(DataSource database) {
    FluentConfiguration configuration =
        Flyway.configure(StateStore.class.getClassLoader())
            .dataSource(database)
            .locations(locations().toArray(String[]::new))
            .outOfOrder(true);
    return this == POSTGRES
        ? configuration.schemas(PostgresDatabase.SCHEMA).createSchemas(true)
        : configuration;
  }

  /** Those that are there: one is not while all its migrations are common. */
  private List<String> locations() {
    return Stream.of("common", folder)
        .map(name -> ROOT + name)
        .filter(path -> StateStore.class.getClassLoader().getResource(path) != null)
        .map(path -> "classpath:" + path)
        .toList();
  }
}
