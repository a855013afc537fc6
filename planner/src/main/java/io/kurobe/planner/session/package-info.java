/** Who asks, and under what settings. */
@NullMarked
package io.kurobe.planner.session;

import org.jspecify.annotations.NullMarked;
