/** From candidates to the one that is run, and how sure that is. */
@NullMarked
package io.kurobe.nl2sql.select;

import org.jspecify.annotations.NullMarked;
