package io.kurobe.planner.fuzz;

import java.util.regex.Pattern;

/**
 * A query.
 *
 * @param ordered whether its rows come in one order only
 * @param approximate whether DECIMAL columns may come from averages or divisions
 * @param typed whether the types of its columns count, and not their values alone
 */
record Query(String sql, boolean ordered, boolean approximate, boolean typed) {
  private static final Pattern SUMS = Pattern.compile("\\b(SUM|AVG|STDDEV\\w*|VAR\\w*)\\(");

  /** By how much doubles may differ, in proportion: a sum depends on the order of what is added. */
  double tolerance() {
    return isSum() ? 1e-9 : 1e-12;
  }

  /**
   * By how much doubles may differ at least. Where great numbers cancel, what is left of a sum is
   * as exact as they were, and the last bit of the greatest in the tables, 1e8, is 1.5e-8.
   */
  double slack() {
    return isSum() ? 1e-7 : 0;
  }

  private boolean isSum() {
    return SUMS.matcher(sql).find();
  }
}
