/** The part of the catalog that a question is about. */
@NullMarked
package io.kurobe.nl2sql.scope;

import org.jspecify.annotations.NullMarked;
