/** Random queries that must give the same rows wherever their tables are. */
@NullMarked
package io.kurobe.planner.fuzz;

import org.jspecify.annotations.NullMarked;
