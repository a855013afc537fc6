/**
 * HTTP/1.1 as the driver needs it (RFC 9112): a request is written and its answer read by the
 * thread that wants it, so that an exchange costs the two turns of the socket and no hand-over
 * between threads. {@code HttpConnections} → {@code HttpConnection} → {@code AnswerReader}; it
 * starts no thread and knows nothing of JDBC.
 */
@NullMarked
package io.kurobe.driver.http;

import org.jspecify.annotations.NullMarked;
