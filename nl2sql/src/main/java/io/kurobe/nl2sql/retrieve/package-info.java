/** From a question to the tables, columns and stored values it may be about. */
@NullMarked
package io.kurobe.nl2sql.retrieve;

import org.jspecify.annotations.NullMarked;
