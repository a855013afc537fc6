/** What is counted and timed, in the form Prometheus reads. */
@NullMarked
package io.kurobe.server.metrics;

import org.jspecify.annotations.NullMarked;
