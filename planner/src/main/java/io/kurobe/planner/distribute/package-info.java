/** What crosses sources given to a distributed engine, a cluster that sees them as its catalogs. */
@NullMarked
package io.kurobe.planner.distribute;

import org.jspecify.annotations.NullMarked;
