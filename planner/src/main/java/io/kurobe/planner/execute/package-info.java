/** From fragments to batches. */
@NullMarked
package io.kurobe.planner.execute;

import org.jspecify.annotations.NullMarked;
