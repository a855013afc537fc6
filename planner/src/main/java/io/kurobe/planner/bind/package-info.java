/** From a parsed tree to a bound one: names, types, functions. */
@NullMarked
package io.kurobe.planner.bind;

import org.jspecify.annotations.NullMarked;
