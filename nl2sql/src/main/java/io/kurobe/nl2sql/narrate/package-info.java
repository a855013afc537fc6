/** What rows say, in words: from a model where it may see them, else what the query does. */
@NullMarked
package io.kurobe.nl2sql.narrate;

import org.jspecify.annotations.NullMarked;
