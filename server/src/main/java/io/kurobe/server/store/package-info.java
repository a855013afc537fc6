/** The state that outlives the process: views and the history of queries, in SQLite. */
@NullMarked
package io.kurobe.server.store;

import org.jspecify.annotations.NullMarked;
