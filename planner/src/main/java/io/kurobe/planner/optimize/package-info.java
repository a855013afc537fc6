/** From a bound tree to a better one of the same meaning. */
@NullMarked
package io.kurobe.planner.optimize;

import org.jspecify.annotations.NullMarked;
