/** Rows of a JDBC driver as Arrow batches, for sources that offer nothing better. */
@NullMarked
package io.kurobe.adapters.jdbc;

import org.jspecify.annotations.NullMarked;
