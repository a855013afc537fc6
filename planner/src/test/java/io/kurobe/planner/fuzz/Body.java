package io.kurobe.planner.fuzz;

/**
 * A query without its order.
 *
 * @param columns how many columns it gives
 */
record Body(String sql, int columns) {}
