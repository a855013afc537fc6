/** ASK before binding: the question goes up, the generated tree takes its place. */
@NullMarked
package io.kurobe.planner.ask;

import org.jspecify.annotations.NullMarked;
