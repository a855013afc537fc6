/** Kurobe's SQL types and their Arrow form. */
@NullMarked
package io.kurobe.adapters.type;

import org.jspecify.annotations.NullMarked;
