/** docs/semantics.md, line by line: the same answers wherever the tables are. */
@NullMarked
package io.kurobe.planner.meaning;

import org.jspecify.annotations.NullMarked;
