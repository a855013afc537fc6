/** DuckDB as a source, and DuckDB's SQL, which the engine speaks too. */
@NullMarked
package io.kurobe.adapters.duckdb;

import org.jspecify.annotations.NullMarked;
