/** Queries that the suites of others lack, answered as PostgreSQL answers them. */
@NullMarked
package io.kurobe.planner.queries;

import org.jspecify.annotations.NullMarked;
