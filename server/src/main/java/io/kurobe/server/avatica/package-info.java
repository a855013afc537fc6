/**
 * The face for every Avatica client: batches become rows, in JSON and protobuf.
 *
 * <p>What the protocol cannot carry: microseconds (times are cut to milliseconds), warnings, and in
 * JSON the numbers NaN and Infinity, which go as the texts {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"}.
 *
 * <p>Two headers of HTTP make up for it, which stock clients do not know. A JSON request with
 * {@code Kurobe-Wire: 1} gets times, timestamps and instants as ISO 8601 text with microseconds, in
 * the same messages ({@link io.kurobe.server.avatica.WireForm}). The answer to whatever runs or
 * reads a statement has {@code Kurobe-Warnings}: the statement's number, its query id, and for each
 * warning so far its SQLSTATE, a colon and its text as in HTML forms, separated by blanks, at most
 * 4,000 characters. Stock clients see the same by {@code SHOW WARNINGS}.
 */
@NullMarked
package io.kurobe.server.avatica;

import org.jspecify.annotations.NullMarked;
