package io.kurobe.adapters.source;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * How PostgreSQL, DuckDB and Trino read what is written for them, where Calcite's guess is wrong: a
 * bare name in ORDER BY is an output's before it is a column's. Calcite then writes the place of
 * the output instead of a name that would be taken for another's.
 */
public final class WrittenConformance extends SqlDelegatingConformance {
  public static final WrittenConformance INSTANCE = new WrittenConformance();

  private WrittenConformance() {
    super(SqlConformanceEnum.PRAGMATIC_2003);
  }

  @Override
  public boolean isSortByAlias() {
    return true;
  }
}
