/** The unified catalog: sources, tables, views, relations. */
@NullMarked
package io.kurobe.planner.catalog;

import org.jspecify.annotations.NullMarked;
