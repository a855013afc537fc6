/** What commands start on this machine: an embedded PostgreSQL, and its orderly end. */
@NullMarked
package io.kurobe.examples.local;

import org.jspecify.annotations.NullMarked;
