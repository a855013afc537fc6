/** The way of a statement, from text to batches: {@link io.kurobe.planner.Planner} is the entry. */
@NullMarked
package io.kurobe.planner;

import org.jspecify.annotations.NullMarked;
