/** What each kind of source is given to run, and what it is not. */
@NullMarked
package io.kurobe.planner.pushdown;

import org.jspecify.annotations.NullMarked;
