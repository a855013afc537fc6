/**
 * The face for every Avatica client: batches become rows, in JSON and protobuf.
 *
 * <p>What the protocol cannot carry: microseconds (times are cut to milliseconds), warnings, and in
 * JSON the numbers NaN and Infinity, which go as the texts {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"}.
 */
@NullMarked
package io.kurobe.server.avatica;

import org.jspecify.annotations.NullMarked;
