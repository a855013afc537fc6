/** The way of a question through the agents. */
@NullMarked
package io.kurobe.nl2sql.pipeline;

import org.jspecify.annotations.NullMarked;
