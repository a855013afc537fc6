/** Trino as a source: one catalog of a cluster, read by its JDBC driver. */
@NullMarked
package io.kurobe.adapters.trino;

import org.jspecify.annotations.NullMarked;
