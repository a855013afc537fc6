/** What proposes queries for a question: the offline engine, models, recorded answers. */
@NullMarked
package io.kurobe.nl2sql.generate;

import org.jspecify.annotations.NullMarked;
