/** The source {@code system}: what Kurobe knows of itself, as tables that any SQL reads. */
@NullMarked
package io.kurobe.planner.system;

import org.jspecify.annotations.NullMarked;
