/** What models are told: templates of words, with places for the question and for data. */
@NullMarked
package io.kurobe.nl2sql.prompt;

import org.jspecify.annotations.NullMarked;
