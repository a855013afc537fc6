/** Tests of the source {@code system}. */
@NullMarked
package io.kurobe.planner.system;

import org.jspecify.annotations.NullMarked;
