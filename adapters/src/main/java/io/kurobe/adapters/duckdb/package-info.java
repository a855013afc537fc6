/** DuckDB files as sources, and DuckDB's SQL. */
@NullMarked
package io.kurobe.adapters.duckdb;

import org.jspecify.annotations.NullMarked;
