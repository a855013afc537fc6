/** The PostgreSQL source against a real server. */
@NullMarked
package io.kurobe.adapters.postgres;

import org.jspecify.annotations.NullMarked;
