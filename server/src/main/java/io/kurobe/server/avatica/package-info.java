/** The face for every Avatica client: batches become rows, in JSON and protobuf. */
@NullMarked
package io.kurobe.server.avatica;

import org.jspecify.annotations.NullMarked;
