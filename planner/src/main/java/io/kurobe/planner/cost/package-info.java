/** How large relations are, as far as statistics tell: rows, bytes, different values. */
@NullMarked
package io.kurobe.planner.cost;

import org.jspecify.annotations.NullMarked;
