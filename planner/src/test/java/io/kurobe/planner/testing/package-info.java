/** A planner over real sources, for the tests of this module and of those above it. */
@NullMarked
package io.kurobe.planner.testing;

import org.jspecify.annotations.NullMarked;
