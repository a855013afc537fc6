/** Tests of commands. */
@NullMarked
package io.kurobe.planner.command;

import org.jspecify.annotations.NullMarked;
