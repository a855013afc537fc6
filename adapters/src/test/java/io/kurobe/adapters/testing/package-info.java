/** Real servers and readers of batches, for the tests of every module. */
@NullMarked
package io.kurobe.adapters.testing;

import org.jspecify.annotations.NullMarked;
