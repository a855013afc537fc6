/** The planner itself: the steps put together, one class per kind of statement. */
@NullMarked
package io.kurobe.planner.plan;

import org.jspecify.annotations.NullMarked;
