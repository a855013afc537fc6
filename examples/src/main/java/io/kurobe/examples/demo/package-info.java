/**
 * The demo: an embedded PostgreSQL, a DuckDB file and the gateway over both, kept in a directory.
 */
@NullMarked
package io.kurobe.examples.demo;

import org.jspecify.annotations.NullMarked;
