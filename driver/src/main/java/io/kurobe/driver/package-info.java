/**
 * The JDBC driver of Kurobe: {@code jdbc:kurobe://host[:port][/source[/schema]]}.
 *
 * <p>A statement travels {@link io.kurobe.driver.KurobeStatement statement} → {@code ServerMeta} →
 * {@code ColumnarWire}, or {@code JsonWire} for Avatica's messages → {@code HttpTransport} → {@link
 * io.kurobe.driver.http}; {@code Rows} come back, from {@link io.kurobe.driver.arrow batches} or
 * from frames, and {@link io.kurobe.driver.KurobeResultSet result sets} read their cells.
 * Everything fails with a {@link java.sql.SQLException} that carries the server's SQLSTATE and
 * number.
 */
@NullMarked
package io.kurobe.driver;

import org.jspecify.annotations.NullMarked;
