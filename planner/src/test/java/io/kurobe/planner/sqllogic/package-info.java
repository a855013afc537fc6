/** sqllogictest, SQLite's suite of answers that several databases agree on, over our placements. */
@NullMarked
package io.kurobe.planner.sqllogic;

import org.jspecify.annotations.NullMarked;
