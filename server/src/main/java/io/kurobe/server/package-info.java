/** The gateway as one process: {@link io.kurobe.server.Gateway} puts its parts together. */
@NullMarked
package io.kurobe.server;

import org.jspecify.annotations.NullMarked;
