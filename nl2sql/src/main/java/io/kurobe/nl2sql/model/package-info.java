/** What a language model is asked and answers, and what is known of models by configuration. */
@NullMarked
package io.kurobe.nl2sql.model;

import org.jspecify.annotations.NullMarked;
