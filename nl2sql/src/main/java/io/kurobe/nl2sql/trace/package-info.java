/** What was done for a question, step by step. */
@NullMarked
package io.kurobe.nl2sql.trace;

import org.jspecify.annotations.NullMarked;
