/** TPC-H's 22 queries over our placements, against the published answers. */
@NullMarked
package io.kurobe.planner.tpch;

import org.jspecify.annotations.NullMarked;
