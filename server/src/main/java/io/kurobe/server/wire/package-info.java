/** The columnar face, for Kurobe's driver: batches go as they are, as docs/wire.md says. */
@NullMarked
package io.kurobe.server.wire;

import org.jspecify.annotations.NullMarked;
