/** The index of what the catalog names, by words and by meaning. */
@NullMarked
package io.kurobe.nl2sql.retrieve.index;

import org.jspecify.annotations.NullMarked;
