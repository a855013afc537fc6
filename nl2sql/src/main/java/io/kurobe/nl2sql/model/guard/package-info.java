/** What stands before each language model: time, retries, a breaker, budgets, fall-backs. */
@NullMarked
package io.kurobe.nl2sql.model.guard;

import org.jspecify.annotations.NullMarked;
