/**
 * The JDBC driver of Kurobe: {@code jdbc:kurobe://host[:port][/source[/schema]]}.
 *
 * <p>A statement travels {@link io.kurobe.driver.KurobeStatement statement} → {@code ServerMeta} →
 * {@code JsonWire} → {@code HttpTransport}; rows come back as frames that {@code RowReader} hands
 * to {@link io.kurobe.driver.KurobeResultSet result sets} one by one. Everything fails with a
 * {@link java.sql.SQLException} that carries the server's SQLSTATE and number.
 */
@NullMarked
package io.kurobe.driver;

import org.jspecify.annotations.NullMarked;
