/** Rows on their way up, as Arrow record batches. */
@NullMarked
package io.kurobe.adapters.batch;

import org.jspecify.annotations.NullMarked;
