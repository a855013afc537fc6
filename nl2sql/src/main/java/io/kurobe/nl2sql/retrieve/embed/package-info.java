/** Texts as vectors, by a small model in the process. */
@NullMarked
package io.kurobe.nl2sql.retrieve.embed;

import org.jspecify.annotations.NullMarked;
