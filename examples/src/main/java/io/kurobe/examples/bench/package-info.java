/** {@code kurobe bench}: Kurobe and its peers over the same data, in the same run, taking turns. */
@NullMarked
package io.kurobe.examples.bench;

import org.jspecify.annotations.NullMarked;
