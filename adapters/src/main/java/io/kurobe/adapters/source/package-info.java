/** The SPI of a source: catalog, statistics, dialect, capabilities, batch reader, health. */
@NullMarked
package io.kurobe.adapters.source;

import org.jspecify.annotations.NullMarked;
