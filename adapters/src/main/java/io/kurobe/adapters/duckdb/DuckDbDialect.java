package io.kurobe.adapters.duckdb;

import org.apache.calcite.sql.dialect.DuckDBSqlDialect;

/** DuckDB's SQL. */
public final class DuckDbDialect extends DuckDBSqlDialect {
  public static final DuckDbDialect INSTANCE = new DuckDbDialect();

  private DuckDbDialect() {
    super(DEFAULT_CONTEXT);
  }

  @Override
  public boolean supportsCharSet() {
    return false;
  }
}
