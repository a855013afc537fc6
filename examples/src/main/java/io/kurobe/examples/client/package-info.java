/** Programs that use Kurobe as any client would, with nothing of ours but the driver. */
@NullMarked
package io.kurobe.examples.client;

import org.jspecify.annotations.NullMarked;
