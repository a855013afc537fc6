/** Turns trees that speak of outer rows into joins. */
@NullMarked
package io.kurobe.planner.unnest;

import org.jspecify.annotations.NullMarked;
