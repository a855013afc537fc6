/** Benchmarks, run small. */
@NullMarked
package io.kurobe.examples.bench;

import org.jspecify.annotations.NullMarked;
