/** Errors as values of the interface: one exception, one list of codes. */
@NullMarked
package io.kurobe.adapters.error;

import org.jspecify.annotations.NullMarked;
