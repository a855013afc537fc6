package io.kurobe.planner.fuzz;

/**
 * A query.
 *
 * @param ordered whether its rows come in one order only
 * @param approximate whether DECIMAL columns may come from averages or divisions
 * @param typed whether the types of its columns count, and not their values alone
 */
record Query(String sql, boolean ordered, boolean approximate, boolean typed) {}
