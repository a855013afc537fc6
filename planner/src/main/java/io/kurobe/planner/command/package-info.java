/** Statements that give no rows of a source: settings, views, listings. */
@NullMarked
package io.kurobe.planner.command;

import org.jspecify.annotations.NullMarked;
