/** What a plan looks like to the person who asked. */
@NullMarked
package io.kurobe.planner.explain;

import org.jspecify.annotations.NullMarked;
