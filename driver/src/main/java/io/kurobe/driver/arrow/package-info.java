/**
 * Arrow's IPC stream on heap buffers: messages in, columns out. It needs nothing of Arrow but the
 * generated classes of its message format, so that no JVM needs {@code --add-opens}. Format: the
 * Arrow columnar specification, version 1.5.
 */
@NullMarked
package io.kurobe.driver.arrow;

import org.jspecify.annotations.NullMarked;
