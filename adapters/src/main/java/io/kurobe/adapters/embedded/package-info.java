/** The one DuckDB instance of the process. */
@NullMarked
package io.kurobe.adapters.embedded;

import org.jspecify.annotations.NullMarked;
