/** What is asked that no rows of data answer: about the catalog, or about nothing. */
@NullMarked
package io.kurobe.nl2sql.intent;

import org.jspecify.annotations.NullMarked;
